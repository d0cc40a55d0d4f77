package regie.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs the daily words once against a tiny room inside this process: what the JVM loads and links meanwhile goes into the ahead-of-time
 * cache, from which every later start takes it ready-made. Not for people, so it is in no help.
 */
@Command(name = Rehearsal.WORD, hidden = true, header = "Warms the start of this program; used by the build.")
final class Rehearsal implements Callable<Integer> {
    static final String WORD = "rehearse";

    private static final Map<String, String> ANSWERS = Map.of(
            "/v1/kinds",
            """
            [{"name":"Fleet","plural":"fleets","scope":"project","about":"","columns":[{"title":"Count","wide":false}],
              "actions":[{"name":"scale","about":""}]}]""",
            "/v1/projects/default/fleets",
            """
            {"columns":[{"title":"Count","wide":false}],"items":[],"rows":[{"project":"default","name":"web","cells":["3"]}],
             "position":"1-1"}""",
            "/v1/projects/default/fleets/web",
            """
            {"kind":"Fleet","project":"default","name":"web","uid":"0","labels":{"tier":"web"},"generation":1,"revision":1,
             "createdAt":"2026-01-01T00:00:00Z","spec":{"count":3},"status":{"holds":[{"code":"no-room","detail":"-"}]}}""",
            "/v1/projects/default/fleets/web/explain",
            """
            {"key":{"kind":"Fleet","project":"default","name":"web"},"holds":[{"code":"no-room","detail":"-"}],"references":[],
             "neededBy":[],"changes":[]}""",
            "/v1/plan",
            """
            {"number":"1","changes":[{"action":"create","key":{"kind":"Fleet","project":"default","name":"web"},"generation":0,
             "differences":[{"field":"spec.count","after":3}]}]}""",
            "/v1/apply",
            "{\"number\":\"1\",\"changes\":[]}");

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("regie-rehearsal");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Rehearsal::answer);
        server.start();
        try {
            rehearse(folder, "http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
            clear(folder);
        }
        return ExitCode.OK;
    }

    private static void rehearse(Path folder, String room) throws IOException {
        var token = folder.resolve("token");
        SecretFile.write(token, "rehearsal");
        var manifest = Files.writeString(folder.resolve("fleet.yaml"), "kind: Fleet\nname: web\n");
        var environment = Map.of("HOME", folder.toString(), "REGIE_ROOM", room, "REGIE_TOKEN_FILE", token.toString());
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var terminal = new Terminal(nowhere, nowhere, false, false, false, new Ink(true, true));
        for (var words : List.of(
                List.of("get", "fleets"),
                List.of("get", "fleet", "web", "-o", "json"),
                List.of("show", "fleet", "web"),
                List.of("explain", "fleet", "web"),
                List.of("plan", "-f", manifest.toString()),
                List.of("apply", "-f", manifest.toString(), "--yes"),
                List.of("get", "ships"))) {
            var _ = Main.run(words.toArray(String[]::new), terminal, environment);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var body = ANSWERS.getOrDefault(
                            exchange.getRequestURI().getPath(),
                            "{\"code\":\"not-found\",\"detail\":\"There is no such thing.\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void clear(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            for (var path : found.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
