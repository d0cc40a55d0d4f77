package regie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.CommitGate;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/**
 * Killed between the commit and the answer, a request that is sent again gets the answer it would have had, and is not done twice.
 * The moment is made certain: the commit is held, the process is killed, and only then does the commit go on.
 */
class KilledAnswerTest {
    private static final Map<String, String> KEY = Map.of("Idempotency-Key", "the-only-one", "If-None-Match", "*");

    private static Path config(TestDatabase database, Path folder) throws IOException {
        var password = Files.writeString(folder.resolve("password"), database.password());
        return Files.writeString(folder.resolve("config.yaml"), """
                data: %s
                database: {url: "%s", user: "%s", passwordFile: "%s"}
                api: {listen: "127.0.0.1:0"}
                agents: {listen: "127.0.0.1:0"}
                """.formatted(
                        folder.resolve("data"), database.jdbcUrl(), database.user(), password));
    }

    @Test
    void answersAfterTheKillAsItWouldHaveBefore(@Database TestDatabase database, @TempDir Path folder)
            throws Exception {
        var config = config(database, folder);
        var first = RoomProcess.start(config);
        var token = TestRoom.operatorToken(folder.resolve("data"));
        try (var gate = new CommitGate(database, "identity.repeat")) {
            var asked = CompletableFuture.supplyAsync(() -> put(first, token));
            Together.until("the commit waits", gate::isAwaited);
            first.kill();
            assertThatThrownBy(asked::join).hasRootCauseInstanceOf(IOException.class);
            gate.open();
            Together.until("the commit is through", () -> !gate.isAwaited());
        }
        var second = RoomProcess.start(config);
        try {
            var operator = Asking.of(second.url(), token);
            var answer = put(second, token);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(answer.body())
                    .isEqualTo(operator.get("/v1/projects/killed").body());
            assertThat(operator.get("/v1/audit?name=killed")
                            .json()
                            .path("items")
                            .size())
                    .isEqualTo(1);
        } finally {
            second.kill();
        }
    }

    private static Asking.Answer put(RoomProcess room, String token) {
        return Asking.of(room.url(), token).ask("PUT", "/v1/projects/killed", "{\"spec\":{}}", KEY);
    }
}
