package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "version", header = "Says the version of this program and of the room.")
final class VersionCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Option(names = "--client", description = "Of this program alone; asks no room.")
    private boolean client;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var columns = new Columns().row("client", Version.own());
        session.terminal().out().println(columns.lines().getFirst());
        if (!client) {
            var room = session.room();
            var version = Json.text(room.get("/v1/version"), "version");
            session.terminal()
                    .out()
                    .println(new Columns()
                            .row("room", "  " + version, "(" + room.address().url() + ")")
                            .lines()
                            .getFirst());
        }
        return ExitCode.OK;
    }
}
