package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "instance",
        header = "What can be done with an instance beside declaring it.",
        synopsisSubcommandLabel = "VERB",
        description = {
            "",
            "  regie instance stop web-1 --wait",
            "  regie instance resize web-1 large",
            "  regie instance migrate web-1 --to par1-h07 --wait",
            "  regie instance console web-1        its serial console; Ctrl-] leaves",
            "  regie instance log web-1            what it wrote there",
            ""
        })
final class InstanceCommand implements Noun {
    private final Supplier<Session> session;

    InstanceCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("start", new Start(session.get()));
        verbs.put("stop", new Stop(session.get()));
        verbs.put("reboot", new Reboot(session.get()));
        verbs.put("rebuild", new Rebuild(session.get()));
        verbs.put("resize", new Resize(session.get()));
        verbs.put("migrate", new Migrate(session.get()));
        verbs.put("stay", new Stay(session.get()));
        verbs.put("console", new ConsoleCommand(session.get()));
        verbs.put("log", new LogCommand(session.get()));
        verbs.put("heartbeat", new HeartbeatCommand(session.get()));
        return verbs;
    }

    @Command(name = "start", header = "Switches an instance on.")
    static final class Start implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Start(Session session) {
            this.deed = new Deed(session, "instance");
        }

        @Override
        public Integer call() {
            return deed.act("start");
        }
    }

    @Command(name = "stop", header = "Switches an instance off; it keeps its place, disk and addresses.")
    static final class Stop implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Stop(Session session) {
            this.deed = new Deed(session, "instance");
        }

        @Override
        public Integer call() {
            return deed.act("stop");
        }
    }

    @Command(name = "reboot", header = "Switches an instance off and on again.")
    static final class Reboot implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Reboot(Session session) {
            this.deed = new Deed(session, "instance");
        }

        @Override
        public Integer call() {
            return deed.act("reboot");
        }
    }

    @Command(name = "rebuild", header = "Begins an instance anew from its image, or another; its disk is lost.")
    static final class Rebuild implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        @Option(names = "--image", paramLabel = "IMAGE", description = "Else the one it has.")
        private Optional<String> image = Optional.empty();

        Rebuild(Session session) {
            this.deed = new Deed(session, "instance");
        }

        @Override
        public Integer call() {
            var input = Json.object();
            image.ifPresent(name -> input.put("image", name));
            return deed.act("rebuild", input);
        }
    }

    @Command(name = "resize", header = "Gives an instance another flavor.")
    static final class Resize implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        @Parameters(index = "1", paramLabel = "FLAVOR", description = "The one it shall have.")
        private String flavor = "";

        Resize(Session session) {
            this.deed = new Deed(session, "instance");
        }

        @Override
        public Integer call() {
            return deed.act("resize", Json.object().put("flavor", flavor));
        }
    }

    @Command(name = "migrate", header = "Moves an instance to another server of its site while it runs.")
    static final class Migrate implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        @Option(names = "--to", paramLabel = "SERVER", description = "Else the best one.")
        private Optional<String> to = Optional.empty();

        Migrate(Session session) {
            this.deed = new Deed(session, "instance");
        }

        @Override
        public Integer call() {
            var input = Json.object();
            to.ifPresent(name -> input.put("host", name));
            return deed.act("migrate", input);
        }
    }

    @Command(name = "stay", header = "Calls an instance's live migration off.")
    static final class Stay implements Callable<Integer> {
        @Mixin
        private final Deed deed;

        Stay(Session session) {
            this.deed = new Deed(session, "instance");
        }

        @Override
        public Integer call() {
            return deed.act("stay");
        }
    }
}
