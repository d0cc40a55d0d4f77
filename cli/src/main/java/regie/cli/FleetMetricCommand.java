package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "metric",
        header = "Says how much there is now of what a fleet's size follows; a token of the role reporter is enough.",
        description = {"", "  regie fleet metric web requests-per-second 120", ""})
final class FleetMetricCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the fleet.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "METRIC", description = "The one that its manifest names.")
    private String metric = "";

    @Parameters(index = "2", paramLabel = "VALUE", description = "A number, 0 or more.")
    private double value;

    FleetMetricCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        var entry = session.kinds(room).named("fleet");
        var sample = Json.object().put("name", metric).put("value", value);
        var _ = room.post(entry.path(session.project(), name) + "/metric", sample);
        session.terminal().out().println("fleet/%s: %s is %s".formatted(name, metric, value));
        return ExitCode.OK;
    }
}
