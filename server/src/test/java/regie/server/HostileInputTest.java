package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** Whatever comes in: a problem that says why, never a failure of ours, and nothing is changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
    private final TestRoom room;
    private final Asking operator;

    HostileInputTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        operator = room.operator;
    }

    @AfterAll
    void close() {
        room.close();
    }

    static List<String> bodies() {
        return List.of(
                "",
                "null",
                "[]",
                "42",
                "\"text\"",
                "{",
                "{\"spec\":",
                "{\"spec\":{\"title\":\"a\"}",
                "{\"spec\":{}} {\"spec\":{}}\u0000",
                "{\"spec\":[]}",
                "{\"spec\":{\"title\":7}}",
                "{\"spec\":{\"title\":{\"a\":1}}}",
                "{\"spec\":{\"titel\":\"x\"}}",
                "{\"specs\":{}}",
                "{\"labels\":[],\"spec\":{}}",
                "{\"labels\":{\"a\":1},\"spec\":{}}",
                "{\"labels\":{\"\":\"x\"},\"spec\":{}}",
                "{\"labels\":{\"a b\":\"x\"},\"spec\":{}}",
                "{\"spec\":{\"title\":\"nul \\u0000 inside\"}}",
                "{\"spec\":{\"title\":\"bell \\u0007\"}}",
                "{\"spec\":{\"title\":\"half \\ud800 character\"}}",
                "{\"spec\":{\"title\":\"raw \u0001 control\"}}",
                "{\"labels\":{\"a\":\"\\u0000\"},\"spec\":{}}",
                "{\"spec\":{\"title\":\"%s\"}}".formatted("x".repeat(201)),
                "{\"spec\":" + "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000) + "}",
                "{\"spec\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "a: &a [x, x]\nb: &b [*a, *a]\nspec: {title: *b}",
                "spec: !!javax.script.ScriptEngineManager []",
                "spec: {title: 1e999999999}",
                "spec: {title: %s}".formatted("9".repeat(5_000)),
                "spec: {title: a, title: b}",
                "\tspec: {}",
                "? [a]\n: b");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodyIsRefused(String body) {
        var before = operator.get("/v1/projects").json().path("items");
        for (var answer : List.of(
                operator.ask("PUT", "/v1/sites/hostile", body, Map.of()),
                operator.ask("POST", "/v1/apply", body, Map.of()),
                operator.ask(
                        "POST",
                        "/v1/apply",
                        "kind: Project\nname: hostile\n" + body,
                        Map.of("Content-Type", "application/yaml")),
                operator.ask("POST", "/v1/tokens", body, Map.of()),
                operator.ask("POST", "/v1/delete", body, Map.of()))) {
            if (answer.response().uri().getPath().equals("/v1/apply") && body.isEmpty() && answer.status() == 200)
                continue;
            assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().path("detail").asString()).isNotBlank();
        }
        operator.delete("/v1/projects/hostile");
        assertThat(operator.get("/v1/projects").json().path("items")).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void patchIsRefused(String body) {
        var before = operator.get("/v1/projects/default").json().path("spec");
        var answer = operator.ask("PATCH", "/v1/projects/default", body, Map.of());
        assertThat(answer.status()).as(answer.body()).isIn(200, 400);
        if (!body.isEmpty() && !body.equals("null")) assertThat(answer.status()).isEqualTo(400);
        assertThat(operator.get("/v1/projects/default").json().path("spec")).isEqualTo(before);
    }

    @RepeatedTest(5)
    void namesInPathsAreChecked() {
        for (var name :
                List.of("UPPER", "-a", "a_b", "a%20b", "%00", "a".repeat(64), "h%5B01-60%5D", "%F0%9F%98%80", "..")) {
            var answer = operator.put("/v1/projects/" + name, "{\"spec\":{}}");
            assertThat(answer.status()).as(name + answer.body()).isIn(400, 404, 405);
        }
        for (var path : List.of(
                "/v1/projects/%00", "/v1/projects?label=%00%3Dx", "/v1/projects?after=%00", "/v1/audit?who=%00")) {
            assertThat(operator.get(path).status()).as(path).isBetween(400, 404);
        }
    }

    @RepeatedTest(5) // whether the answer outruns the end of the connection is a race
    void largeBodiesAndForeignTypesAreRefused() {
        var large = "{\"spec\":{\"title\":\"%s\"}}".formatted("x".repeat(17 << 20));
        var answer = operator.put("/v1/projects/large", large);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body-too-large");
        assertThat(operator.ask("PUT", "/v1/projects/x", "<a/>", Map.of("Content-Type", "application/xml"))
                        .status())
                .isEqualTo(415);
        assertThat(operator.get("/v1/projects/large").status()).isEqualTo(404);
    }

    @RepeatedTest(5)
    void rawNonsenseGetsProblemToo() throws IOException {
        for (var request : List.of(
                "NONSENSE\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /v1/kinds HTTP/1.1\r\n\r\n",
                "GET /v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/kinds HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n",
                "PUT /v1/projects/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "PUT /v1/projects/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            var answer = raw(request);
            assertThat(answer)
                    .as(request.substring(0, Math.min(60, request.length())))
                    .matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
            assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("Exception");
        }
    }

    private String raw(String request) throws IOException {
        int port = Integer.parseInt(operator.url().replaceFirst(".*:", ""));
        try (var socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(40_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
