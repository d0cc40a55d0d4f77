package regie.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "secret",
        header = "Makes the newest secret of a webhook. It is shown this once, and kept sealed.",
        description = {
            "",
            "Deliveries are signed with it. For a while they are signed with the one before, too, so that the receiver can be",
            "changed without losing any.",
            ""
        })
final class WebhookSecretCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final WhichWebhook webhook = new WhichWebhook();

    @Option(
            names = "--overlap",
            paramLabel = "HOURS",
            description = "How long the one before is good beside it; 0 to 168, default 24.")
    private int overlap = 24;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the secret there (0600), not to the screen.")
    private Optional<Path> out = Optional.empty();

    WebhookSecretCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var answer = session.room()
                .post(webhook.path(session) + "/secrets", Json.object().put("overlapHours", overlap));
        new Secret(answer, "secret").give(session.terminal(), out);
        return ExitCode.OK;
    }
}
