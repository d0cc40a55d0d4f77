package regie.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** The words of webhooks against a real room; nobody answers at the address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookWordsTest {
    private final LiveRoom room;
    private final Path folder;
    private final Cli cli;

    WebhookWordsTest(@Database TestDatabase database, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.room = LiveRoom.start(database, Files.createDirectory(folder.resolve("room")));
        this.cli = Cli.of(room, folder);
    }

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void secretDeliveriesRedeliverReplay() throws IOException {
        var manifest = "{kind: Webhook, name: chat, spec: {url: 'https://127.0.0.1:1/', kinds: [Webhook]}}";
        cli.fed(manifest, "apply", "-f", "-", "--yes").expect(0);
        assertThat(cli.run("webhook", "deliveries", "chat").expect(0).err()).contains("There is none.");
        var file = folder.resolve("chat.secret");
        cli.run("webhook", "secret", "chat", "--out", file.toString()).expect(0);
        assertThat(Files.readString(file)).startsWith("whsec_");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var second = cli.run("webhook", "secret", "chat", "--overlap", "0")
                .expect(0)
                .out()
                .strip();
        assertThat(second)
                .startsWith("whsec_")
                .isNotEqualTo(Files.readString(file).strip());

        cli.fed(manifest.replace("name: chat", "name: other"), "apply", "-f", "-", "--yes")
                .expect(0);
        Together.until(
                "it is tried",
                () -> cli.run("webhook", "deliveries", "chat", "--state", "waiting")
                        .expect(0)
                        .out()
                        .contains("webhooks.allowedNetworks"));
        Together.until(
                "it is shown",
                () -> cli.run("explain", "webhook", "chat")
                        .expect(0)
                        .out()
                        .contains("127.0.0.1 leads to a loopback address"));
        assertThat(cli.run("webhook", "redeliver", "chat").expect(0).out())
                .isEqualTo("default/webhook/chat: 0 dead letters wait again\n");
        var line = cli.run("webhook", "deliveries", "chat")
                .expect(0)
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(line).contains("default/webhook/other");
        var position = line.strip().split(" +", -1)[1];
        assertThat(cli.run("webhook", "replay", "chat", "--from", position)
                        .expect(0)
                        .out())
                .isEqualTo("default/webhook/chat: replays from %s\n".formatted(position));
        assertThat(cli.run("webhook", "replay", "chat", "--from", "9999999999-1")
                        .expect(4)
                        .err())
                .contains("replay-out-of-log");
        cli.run("webhook", "secret", "nobody").expect(3);
        cli.run("webhook", "deliveries", "chat", "--estate").expect(3);
    }
}
