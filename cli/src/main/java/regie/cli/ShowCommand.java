package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Shows one resource in full: what is wanted, what is seen, and what waits.",
        description = {"", "  regie show instance web-1", "  regie show server par1-h01", ""})
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "KIND", description = "Such as instance; `regie kinds` lists them.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Of the resource.")
    private String name = "";

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        var entry = session.kinds(room).named(kind);
        var resource = room.get(entry.path(session.project(), name));
        ResourcePage.render(resource, session.now(), session.terminal().ink())
                .forEach(session.terminal().out()::println);
        return ExitCode.OK;
    }
}
