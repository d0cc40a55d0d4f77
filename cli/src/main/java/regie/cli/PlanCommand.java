package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "plan",
        header = "Shows what applying manifests would change, and changes nothing.",
        description = {
            "",
            "The number at the end stands for exactly these changes: `regie apply --number` does these and no others,",
            "and refuses where anything that they are based on has changed since.",
            "",
            "  regie plan -f estate.yaml",
            "  regie plan -f estates/ -f flavors.yaml     files and folders",
            "  regie plan -f estate.yaml -o json          for scripts",
            ""
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "Manifest, folder of manifests, or - for standard input. May be given more than once.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (the default) or json.")
    private ChangesOutput output = ChangesOutput.TEXT;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var manifests = ManifestSet.read(files);
        var plan = session.progress().during("planning", () -> manifests.plan(session.room(), session.project()));
        output.print(plan, session.terminal());
        if (output == ChangesOutput.TEXT && !ChangesPage.changing(plan).isEmpty())
            session.terminal().out().println("number: " + number(plan));
        return ExitCode.OK;
    }

    static String number(JsonNode plan) {
        return Json.text(plan, "number");
    }
}
