package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "audit",
        header = "The audit trail: who did what.",
        synopsisSubcommandLabel = "VERB",
        description = {"", "  regie audit verify", ""})
final class AuditCommand implements Noun {
    private final Supplier<Session> session;

    AuditCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("verify", new Verify(session.get()));
        return verbs;
    }

    @Command(
            name = "verify",
            header =
                    "Reckons the seals over the audit trail again, and says whether an entry was changed, added or taken away.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        private final Session session;

        Verify(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var verdict = session.room().get("/v1/audit/seals");
            var out = session.terminal().out();
            out.println("%s entries in %s seals hold; %s are too new to be sealed yet."
                    .formatted(Json.text(verdict, "sealed"), Json.text(verdict, "seals"), Json.text(verdict, "open")));
            out.println("head " + Json.text(verdict, "head"));
            if (!verdict.has("broken")) return ExitCode.OK;
            out.println("BROKEN: " + Json.text(verdict, "broken"));
            return ExitCode.REFUSED;
        }
    }
}
