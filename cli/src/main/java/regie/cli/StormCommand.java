package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "storm",
        header = "What can be done about many servers missing at once.",
        synopsisSubcommandLabel = "VERB",
        description = {
            "",
            "  regie get storms                      what is held",
            "  regie storm release par1-1767225600   looks at those that are missing one by one, as if there were no storm",
            "  regie storm keep par1-1767225600      waits for all of them",
            ""
        })
final class StormCommand implements Noun {
    private final Supplier<Session> session;

    StormCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("release", new Release(session.get()));
        verbs.put("keep", new Keep(session.get()));
        return verbs;
    }

    @Command(name = "release", header = "Has servers that are missing asked, cut off and declared dead one by one.")
    static final class Release implements Callable<Integer> {
        private final Session session;

        @Mixin
        private final Deed deed;

        @Mixin
        private final Consent consent = new Consent();

        Release(Session session) {
            this.session = session;
            this.deed = new Deed(session, "storm");
        }

        @Override
        public Integer call() {
            consent.ask(
                    session.terminal(),
                    "The power of every server that is missing may be cut, whatever runs there. Release %s?"
                            .formatted(deed.name()),
                    "--yes, by which the power of all that are missing may be cut");
            return deed.act("release");
        }
    }

    @Command(name = "keep", header = "Waits for servers that are missing; nothing is done to any of them.")
    static final class Keep implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Keep(Session session) {
            this.deed = new Deed(session, "storm");
        }

        @Override
        public Integer call() {
            return deed.act("keep");
        }
    }
}
