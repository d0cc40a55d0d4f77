package regie.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "kinds",
        header = "Lists the kinds the room knows, or the actions of one.",
        description = {"", "  regie kinds", "  regie kinds instance", ""})
final class KindsCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "Whose actions to list.")
    private Optional<String> kind = Optional.empty();

    KindsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        var catalog = session.kinds(room);
        var columns = new Columns();
        if (kind.isPresent()) {
            var entry = catalog.named(kind.get());
            columns.row("ACTION", "WHAT IT DOES");
            entry.actions().forEach(action -> columns.row(action.name(), action.about()));
        } else {
            columns.row("KIND", "PLURAL", "ONE PER", "WHAT IT IS");
            for (var entry : catalog.all())
                columns.row(entry.word(), entry.plural(), entry.estate() ? "estate" : "project", entry.about());
        }
        columns.lines().forEach(session.terminal().out()::println);
        return ExitCode.OK;
    }
}
