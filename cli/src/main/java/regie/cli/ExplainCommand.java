package regie.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        header = "Says why a resource is as it is; or what the fields of a kind mean.",
        description = {
            "",
            "  regie explain fleet web            what waits and why, what it needs, what happened last",
            "  regie explain fleet                the fields of a kind, with units, ranges and defaults",
            "  regie explain server.memory        those below one field",
            ""
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "KIND[.FIELD]", description = "Such as fleet, or server.disks.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Of the resource to explain.")
    private Optional<String> name = Optional.empty();

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        if (name.isPresent()) resource(room, name.get());
        else fields(room);
        return ExitCode.OK;
    }

    private void resource(Room room, String resource) {
        var entry = session.kinds(room).named(kind);
        var explanation = room.get(entry.path(session.project(), resource) + "/explain");
        ExplainPage.render(explanation, session.now(), session.terminal().ink())
                .forEach(session.terminal().out()::println);
    }

    private void fields(Room room) {
        int dot = kind.indexOf('.');
        var entry = session.kinds(room).named(dot < 0 ? kind : kind.substring(0, dot));
        var path = dot < 0 ? "" : kind.substring(dot + 1);
        var openApi = session.cached(room, "/v1/openapi.json").recent();
        FieldsPage.render(entry, openApi, path, session.terminal().ink())
                .forEach(session.terminal().out()::println);
    }
}
