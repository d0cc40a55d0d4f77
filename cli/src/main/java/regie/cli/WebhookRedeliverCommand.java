package regie.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "redeliver", header = "Puts dead letters back into the queue, each in its old place.")
final class WebhookRedeliverCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final WhichWebhook webhook = new WhichWebhook();

    @Parameters(
            index = "1..*",
            paramLabel = "NUMBER",
            description = "Of deliveries; all dead letters where none is named.")
    private List<Long> numbers = List.of();

    WebhookRedeliverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = Json.object();
        var list = body.putArray("deliveries");
        numbers.forEach(list::add);
        var answer = session.room().post(webhook.path(session) + "/redeliver", body);
        session.terminal()
                .out()
                .println("%s: %s dead letters wait again"
                        .formatted(webhook.key(session), Json.text(answer, "deliveries")));
        return ExitCode.OK;
    }
}
