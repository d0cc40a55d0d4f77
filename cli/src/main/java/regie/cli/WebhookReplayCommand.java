package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        header = "Delivers all changes behind a position of the log once more.",
        description = {
            "",
            "Each comes under the id (webhook-id) that it had, in the order in which it was made. Positions stand in deliveries,",
            "in lists, and in what the receiver was sent.",
            ""
        })
final class WebhookReplayCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final WhichWebhook webhook = new WhichWebhook();

    @Option(names = "--from", required = true, paramLabel = "POSITION", description = "Such as 815-4711.")
    private String from = "";

    WebhookReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var _ = session.room()
                .post(webhook.path(session) + "/replay", Json.object().put("from", from));
        session.terminal().out().println("%s: replays from %s".formatted(webhook.key(session), from));
        return ExitCode.OK;
    }
}
