package regie.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "maintenance",
        header = "How far maintenance is, and what can be done about it.",
        synopsisSubcommandLabel = "VERB",
        description = {
            "",
            "  regie maintenance list                    all of them",
            "  regie maintenance show site-fra1-…        servers, machines that moved and how long they stood still",
            "  regie maintenance show site-fra1-… -w     and again, as it goes on",
            "  regie maintenance done site-fra1-…        the work is done on all servers that wait for it",
            "  regie maintenance done site-fra1-… --server fra1-h07",
            "  regie maintenance pause site-fra1-…       takes out no further server",
            "  regie maintenance resume site-fra1-…      goes on; looks again at a server that did not come back",
            "  regie maintenance cancel site-fra1-…      gives back what nobody works on yet, and ends",
            "",
            "One is begun by: regie maintain",
            ""
        })
final class MaintenanceCommand implements Noun {
    private static final String KIND = "maintenance";

    private final Supplier<Session> session;

    MaintenanceCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("list", new All(session.get()));
        verbs.put("show", new Show(session.get()));
        verbs.put("done", new Done(session.get()));
        plain(verbs, "pause", "Takes out no further server, and begins no work on one that is empty.");
        plain(verbs, "resume", "Goes on, and looks again at a server that did not come back.");
        plain(verbs, "cancel", "Gives back all servers that nobody works on yet, and ends.");
        return verbs;
    }

    private void plain(Map<String, Object> verbs, String action, String header) {
        var verb = new CommandLine(new Plain(session.get(), action));
        verb.getCommandSpec().usageMessage().header(header);
        verbs.put(action, verb);
    }

    @Command(name = "list", header = "Lists maintenance, past and present.")
    static final class All implements Callable<Integer> {
        @Mixin
        private final Session session;

        All(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var room = session.room();
            var listing = new Listing(room, session.kinds(room).named(KIND), Optional.empty(), Narrowing.NONE);
            new LiveTable(session, listing, List.of(), GetCommand.Output.TABLE).print(false);
            return ExitCode.OK;
        }
    }

    @Command(name = "show", header = "Shows how far one is: its servers, and how the machines moved.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private final Session session;

        @Mixin
        private final Answering answering = new Answering();

        @Parameters(index = "0", paramLabel = "NAME", description = "Of the maintenance.")
        private String name = "";

        @Option(
                names = {"-w", "--watch"},
                description = "Goes on showing it until it has ended.")
        private boolean watch;

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (watch) return new MaintenanceFollowing(session).until(name);
            var room = session.room();
            var ink = session.terminal().ink();
            answering.print(
                    session,
                    session.kinds(room).named(KIND).path("", name),
                    maintenance -> MaintenancePage.progress(maintenance, ink));
            return ExitCode.OK;
        }
    }

    @Command(name = "done", header = "Says that the work is done: the server is looked at, and given machines again.")
    static final class Done implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        @Option(
                names = "--server",
                paramLabel = "NAME",
                description = "On which it is done; all that wait for it where left out.")
        private Optional<String> server = Optional.empty();

        Done(Session session) {
            this.deed = new Deed(session, KIND);
        }

        @Override
        public Integer call() {
            var input = Json.object();
            server.ifPresent(name -> input.put("server", name));
            return deed.act("done", input);
        }
    }

    /** A verb that is an action without anything to be said beside the name. */
    @Command
    static final class Plain implements Callable<Integer> {
        private final String action;

        @Mixin
        private final Deed deed;

        Plain(Session session, String action) {
            this.deed = new Deed(session, KIND);
            this.action = action;
        }

        @Override
        public Integer call() {
            return deed.act(action);
        }
    }
}
