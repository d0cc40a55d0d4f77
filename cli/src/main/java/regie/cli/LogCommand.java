package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "log", header = "Prints what an instance wrote to its serial console last.")
final class LogCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the instance.")
    private String name = "";

    @Option(
            names = "--bytes",
            paramLabel = "COUNT",
            defaultValue = "65536",
            description = "How much of its end; default 65536.")
    private int bytes = 65_536;

    LogCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        var entry = session.kinds(room).named("instance");
        var text = room.text(entry.path(session.project(), name) + "/console-log?bytes=" + bytes);
        var terminal = session.terminal();
        // A guest writes what it likes; only into a pipe it goes as it is.
        terminal.out().print(terminal.outIsTerminal() ? Ink.plain(text.replace("\r", "")) : text);
        if (terminal.outIsTerminal() && !text.endsWith("\n")) terminal.out().println();
        return ExitCode.OK;
    }
}
