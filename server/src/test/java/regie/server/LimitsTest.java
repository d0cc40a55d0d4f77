package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** How much one token may ask, how many large bodies are held, and whose web pages may ask. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
    private static final String ORIGIN = "https://console.example.org";

    private final TestRoom room;

    LimitsTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(
                database,
                Files.createTempDirectory("regie-test-room-"),
                ", requestsPerSecond: 1, requestsBurst: 20, largeBodiesMax: 1, origins: ['%s']".formatted(ORIGIN));
    }

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void tokenThatAsksTooOftenIsToldWhenToAskAgain() {
        var auditor = room.auditor();
        var first = auditor.get("/v1/whoami");
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"default\";q=20;w=20");
        assertThat(first.header("RateLimit")).isEqualTo("\"default\";r=19;t=1");
        var last = first;
        int done = 0;
        for (; last.status() == 200 && done < 200; done++) last = auditor.get("/v1/whoami");
        assertThat(done).isGreaterThanOrEqualTo(20);
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.code()).isEqualTo("too-many-requests");
        assertThat(last.header("Retry-After")).isEqualTo("1");
        assertThat(last.header("RateLimit")).startsWith("\"default\";r=0;");
        assertThat(room.operator.get("/v1/whoami").status())
                .as("others are served")
                .isEqualTo(200);
    }

    @Test
    void onlySoManyLargeBodiesAreHeld() throws IOException {
        var operator = room.auditor();
        var large = "x".repeat(2 << 20);
        var uri = URI.create(room.operator.url());
        try (var slow = new Socket(uri.getHost(), uri.getPort())) {
            slow.getOutputStream()
                    .write(
                            "POST /v1/plan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/yaml\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(room.operator.token(), large.length())
                                    .getBytes(StandardCharsets.UTF_8));
            Together.until(
                    "the place is taken", () -> operator.yaml("/v1/plan", large).status() == 429);
            var refused = room.auditor().yaml("/v1/plan", large);
            assertThat(refused.code()).isEqualTo("too-many-large-bodies");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(room.auditor().yaml("/v1/plan", "").status())
                    .as("small ones are taken")
                    .isEqualTo(200);
            slow.getOutputStream().write(large.getBytes(StandardCharsets.UTF_8));
            var answer = new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).contains("400");
        }
        assertThat(room.auditor().yaml("/v1/plan", large).code()).isEqualTo("manifest-malformed");
    }

    @Test
    void scriptsOfNamedPagesMayAskAndNoOthers() {
        var asked = Map.of("Origin", ORIGIN, "Access-Control-Request-Method", "PUT");
        var beforehand = room.operator.as("").ask("OPTIONS", "/v1/projects/x", "", asked);
        assertThat(beforehand.status()).isEqualTo(204);
        assertThat(beforehand.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(beforehand.header("Access-Control-Allow-Methods")).contains("PUT");
        var real = room.operator.get("/v1/whoami", Map.of("Origin", ORIGIN));
        assertThat(real.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(real.header("Vary")).isEqualTo("Origin");
        var foreign = Map.of("Origin", "https://evil.example.org", "Access-Control-Request-Method", "PUT");
        var refused = room.operator.as("").ask("OPTIONS", "/v1/projects/x", "", foreign);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(room.operator
                        .as("")
                        .get("/v1/whoami", Map.of("Origin", ORIGIN))
                        .status())
                .isEqualTo(401);
    }
}
