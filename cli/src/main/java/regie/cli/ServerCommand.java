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
            "  regie server declare-dead par1-h07    vouches that nothing of it runs; its machines start elsewhere",
            "  regie server revive par1-h07          takes that back, once it is repaired",
            "  regie server power par1-h07 status    what its controller says; off, on, cycle",
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
        verbs.put("declare-dead", new DeclareDead(session.get()));
        verbs.put("power", new PowerCommand(session.get()));
        verbs.put("revive", new Revive(session.get()));
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

    @Command(
            name = "declare-dead",
            header = "Vouches that nothing of a server runs, so that its machines are started elsewhere.",
            description = {
                "",
                "By this you vouch that no machine of it runs, nor will again by itself: its power is cut, or it is taken apart. Were one",
                "still running, it would run twice, with the same address. A server that answers is not taken for dead. Machines whose",
                "disk nobody agreed to lose (recovery.otherwise) wait; all others start elsewhere at once, from their images.",
                ""
            })
    static final class DeclareDead implements Callable<Integer> {
        private final Session session;

        @Mixin
        private final Deed deed;

        @Mixin
        private final Consent consent = new Consent();

        DeclareDead(Session session) {
            this.session = session;
            this.deed = new Deed(session, "server");
        }

        @Override
        public Integer call() {
            consent.ask(
                    session.terminal(),
                    "Do you vouch that nothing of %s runs, nor will again by itself? A machine that still did would run twice."
                            .formatted(deed.name()),
                    "--yes, which vouches that nothing of it runs");
            return deed.act("declare-dead");
        }
    }

    @Command(
            name = "revive",
            header = "Takes back that a server is dead.",
            description = {
                "",
                "It is given machines once its agent is heard and reports nothing any more of what was started elsewhere meanwhile.",
                ""
            })
    static final class Revive implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Revive(Session session) {
            this.deed = new Deed(session, "server");
        }

        @Override
        public Integer call() {
            return deed.act("revive");
        }
    }
}
