package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

@Command(
        name = "webhook",
        header = "Webhooks: their secrets, what was delivered, and sending it anew.",
        synopsisSubcommandLabel = "VERB",
        description = {
            "",
            "  regie webhook secret chat --out chat.secret",
            "  regie webhook deliveries chat --state dead",
            "  regie webhook redeliver chat",
            "  regie webhook replay chat --from 815-4711",
            "",
            "A webhook itself is declared as everything is: regie apply, get, explain, delete.",
            ""
        })
final class WebhookCommand implements Noun {
    private final Supplier<Session> session;

    WebhookCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("secret", new WebhookSecretCommand(session.get()));
        verbs.put("deliveries", new WebhookDeliveriesCommand(session.get()));
        verbs.put("redeliver", new WebhookRedeliverCommand(session.get()));
        verbs.put("replay", new WebhookReplayCommand(session.get()));
        return verbs;
    }
}
