package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "apply",
        header = "Makes what is declared equal to manifests: all of it, or nothing.",
        description = {
            "",
            "On a terminal it shows the plan first and asks. Elsewhere it needs --yes, or the --number of a plan somebody",
            "looked at. What the manifests do not name stays as it is.",
            "",
            "  regie apply -f estate.yaml",
            "  regie apply -f estates/ --yes --wait       and wait until it is so",
            "  regie apply -f estate.yaml --number 7f3a…  exactly what `regie plan` showed",
            "  regie apply -f estate.yaml --dry-run       the same as `regie plan`",
            "  generate | regie apply -f - --yes",
            ""
        })
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Consent consent = new Consent();

    @Mixin
    private final Patience patience = new Patience();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "Manifest, folder of manifests, or - for standard input. May be given more than once.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-n", "--number"},
            paramLabel = "NUMBER",
            description = "Of the plan that is meant; anything else is refused.")
    private Optional<String> number = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (the default) or json.")
    private ChangesOutput output = ChangesOutput.TEXT;

    @Option(names = "--dry-run", description = "Shows the plan, and applies nothing.")
    private boolean dryRun;

    ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var manifests = ManifestSet.read(files);
        var room = session.room();
        if (dryRun) {
            output.print(manifests.plan(room, session.project()), session.terminal());
            return ExitCode.OK;
        }
        var agreed = number;
        if (agreed.isEmpty() && !consent.given()) {
            var plan = session.progress().during("planning", () -> manifests.plan(room, session.project()));
            if (ChangesPage.changing(plan).isEmpty()) return done(room, plan);
            if (session.terminal().asks()) output.print(plan, session.terminal());
            consent.ask(session.terminal(), "Apply this?", "--yes, or --number " + PlanCommand.number(plan));
            agreed = Optional.of(PlanCommand.number(plan));
            apply(manifests, room, agreed);
            session.terminal().err().println("Applied.");
            return waited(room, plan);
        }
        return done(room, apply(manifests, room, agreed));
    }

    private JsonNode apply(ManifestSet manifests, Room room, Optional<String> planned) {
        return session.progress().during("applying", () -> manifests.apply(room, session.project(), planned));
    }

    private int done(Room room, JsonNode changes) {
        output.print(changes, session.terminal());
        return waited(room, changes);
    }

    private int waited(Room room, JsonNode changes) {
        if (patience.asked()) {
            var keys = Json.items(changes.path("changes")).stream()
                    .map(change -> ResourceKey.of(change.path("key")))
                    .toList();
            new Waiting(session, room, patience.limit()).untilSettled(keys);
        }
        return ExitCode.OK;
    }
}
