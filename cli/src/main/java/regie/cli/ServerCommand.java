package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "server",
        header = "What can be done with a server beside declaring it.",
        synopsisSubcommandLabel = "VERB",
        description = {
            "",
            "  regie server drain par1-h07 --wait    moves its machines away",
            "  regie server cordon par1-h07          gives it no new ones",
            "  regie server uncordon par1-h07        gives it machines again",
            ""
        })
final class ServerCommand implements Noun {
    private final Supplier<Session> session;

    ServerCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("drain", new Drain(session.get()));
        verbs.put("cordon", new Cordon(session.get()));
        verbs.put("uncordon", new Uncordon(session.get()));
        return verbs;
    }

    @Command(name = "drain", header = "Moves a server's machines to others while they run, and gives it no new ones.")
    static final class Drain implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Drain(Session session) {
            this.deed = new Deed(session, "server");
        }

        @Override
        public Integer call() {
            return deed.act("drain");
        }
    }

    @Command(name = "cordon", header = "Gives a server no new machines; it keeps those that it has.")
    static final class Cordon implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Cordon(Session session) {
            this.deed = new Deed(session, "server");
        }

        @Override
        public Integer call() {
            return deed.act("cordon");
        }
    }

    @Command(name = "uncordon", header = "Lets a server be given machines again.")
    static final class Uncordon implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Uncordon(Session session) {
            this.deed = new Deed(session, "server");
        }

        @Override
        public Integer call() {
            return deed.act("uncordon");
        }
    }
}
