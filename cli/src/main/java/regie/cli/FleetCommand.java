package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fleet",
        header = "What can be done with a fleet beside declaring it.",
        description = {
            "",
            "  regie fleet status web                how many run, what is under way, and why something waits",
            "  regie fleet scale web 5 --wait",
            "  regie fleet restart web --wave 10%%    all members once, never more than a tenth of them down",
            "  regie fleet cancel-restart web        ends that where it is",
            "  regie fleet complete-hook web-3       a member that waits for somebody outside waits no longer",
            "  regie fleet pause web                 a rollout or restart stands still",
            "  regie fleet resume web                goes on; after its breaker opened, too",
            ""
        },
        synopsisSubcommandLabel = "VERB")
final class FleetCommand implements Noun {
    private final Supplier<Session> session;

    FleetCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("status", new FleetStatusCommand(session.get()));
        verbs.put("metric", new FleetMetricCommand(session.get()));
        verbs.put("scale", new Scale(session.get()));
        verbs.put("restart", new Restart(session.get()));
        verbs.put("cancel-restart", new CancelRestart(session.get()));
        verbs.put("complete-hook", new CompleteHookCommand(session.get()));
        verbs.put("pause", new Pause(session.get()));
        verbs.put("resume", new Resume(session.get()));
        return verbs;
    }

    @Command(name = "scale", header = "Sets how many instances a fleet has.")
    static final class Scale implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        @Parameters(index = "1", paramLabel = "COUNT", description = "How many instances it shall have.")
        private int count;

        Scale(Session session) {
            this.deed = new Deed(session, "fleet");
        }

        @Override
        public Integer call() {
            return deed.act("scale", Json.object().put("count", count));
        }
    }

    @Command(
            name = "restart",
            header = "Restarts all members of a fleet once, in waves; `regie restart` does it over several fleets.",
            description = {"", "  regie fleet restart web --wave 10%% --wait", ""})
    static final class Restart implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        @Option(
                names = "--wave",
                paramLabel = "SHARE",
                description = "So many may be down at a time: 10%% of the fleet (the default), or 3.")
        private String wave = "10%";

        Restart(Session session) {
            this.deed = new Deed(session, "fleet");
        }

        @Override
        public Integer call() {
            return deed.act("restart", Json.object().put("wave", wave));
        }
    }

    @Command(name = "cancel-restart", header = "Ends a fleet's restart where it is; who was told already comes back.")
    static final class CancelRestart implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        CancelRestart(Session session) {
            this.deed = new Deed(session, "fleet");
        }

        @Override
        public Integer call() {
            return deed.act("cancel-restart");
        }
    }

    @Command(name = "pause", header = "Lets no rollout and no restart of a fleet go on; what fails is replaced.")
    static final class Pause implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Pause(Session session) {
            this.deed = new Deed(session, "fleet");
        }

        @Override
        public Integer call() {
            return deed.act("pause");
        }
    }

    @Command(
            name = "resume",
            header = "Lets a fleet go on that is paused, whose breaker opened, or that went back to an older template.")
    static final class Resume implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Resume(Session session) {
            this.deed = new Deed(session, "fleet");
        }

        @Override
        public Integer call() {
            return deed.act("resume");
        }
    }
}
