package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "heartbeat",
        header =
                "Says that a member of a fleet lives, whose health is a heartbeat; a token of the role reporter is enough.")
final class HeartbeatCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the instance.")
    private String name = "";

    HeartbeatCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        var entry = session.kinds(room).named("instance");
        var _ = room.post(entry.path(session.project(), name) + "/heartbeat", Json.object());
        session.terminal().out().println("instance/%s: heard".formatted(name));
        return ExitCode.OK;
    }
}
