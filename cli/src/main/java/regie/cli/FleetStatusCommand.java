package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        header = "How a fleet stands: how many run, how far a rollout or restart has come, and why something waits.",
        description = {"", "  regie fleet status web", "  regie fleet status web -o json", ""})
final class FleetStatusCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Answering answering = new Answering();

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the fleet.")
    private String name = "";

    FleetStatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var entry = session.kinds(session.room()).named("fleet");
        answering.print(session, entry.path(session.project(), name), FleetPage::of);
        return ExitCode.OK;
    }
}
