package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "act",
        header = "Does one of a kind's actions on a resource; `regie kinds KIND` lists them.",
        description = {
            "",
            "  regie act instance web-1 reboot",
            "  regie act fleet web scale --input count=5",
            "  regie act instance web-1 resize --input flavor=large --wait",
            "  regie act fleet web scale --input count=5 --dry-run",
            ""
        })
final class ActCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Patience patience = new Patience();

    @Parameters(index = "0", paramLabel = "KIND", description = "Such as instance.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Of the resource.")
    private String name = "";

    @Parameters(index = "2", paramLabel = "ACTION", description = "Such as reboot.")
    private String action = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FIELD=VALUE",
            description = "A field of the action's input: a number, true, false or JSON as such, else text.")
    private Map<String, String> input = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Says what the resource would come to, and changes nothing.")
    private boolean dryRun;

    ActCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = Json.object();
        input.forEach((field, value) -> body.set(field, Json.ofArgument(value)));
        if (dryRun) new Acting(session).rehearse(kind, name, action, body);
        else new Acting(session).act(kind, name, action, body, patience);
        return ExitCode.OK;
    }
}
