package regie.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "fleet",
        header = "What can be done with a fleet beside declaring it.",
        description = {"", "  regie fleet scale web 5 --wait", ""},
        synopsisSubcommandLabel = "VERB")
final class FleetCommand implements Noun {
    private final Supplier<Session> session;

    FleetCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        return Map.of("scale", new Scale(session.get()));
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
}
