package regie.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "deliveries", header = "Lists what waits for a webhook and what became of it, newest first.")
final class WebhookDeliveriesCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final WhichWebhook webhook = new WhichWebhook();

    @Option(names = "--state", paramLabel = "STATE", description = "Only those: waiting, delivered or dead.")
    private Optional<String> state = Optional.empty();

    @Option(names = "--limit", paramLabel = "COUNT", description = "At most so many; 1 to 1000, default 100.")
    private int limit = 100;

    WebhookDeliveriesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var path = webhook.path(session) + "/deliveries?limit=" + limit
                + state.map(wanted -> "&state=" + Address.part(wanted)).orElse("");
        var items = session.room().get(path).path("items");
        if (items.isEmpty()) {
            session.terminal().err().println("There is none.");
            return ExitCode.OK;
        }
        var columns = new Columns()
                .row("NUMBER", "POSITION", "WHAT", "RESOURCE", "STATE", "TRIED", "LAST", "STATUS", "ERROR");
        for (var item : items) row(columns, item);
        columns.lines().forEach(session.terminal().out()::println);
        return ExitCode.OK;
    }

    private static void row(Columns columns, JsonNode delivery) {
        columns.row(
                Json.text(delivery, "number"),
                Json.text(delivery, "position"),
                Json.text(delivery, "what"),
                ResourceKey.of(delivery.path("key")).toString(),
                Json.text(delivery, "state"),
                Json.text(delivery, "attempts"),
                Moments.second(Json.text(delivery, "triedAt")),
                Json.text(delivery, "status"),
                Json.text(delivery, "error"));
    }
}
