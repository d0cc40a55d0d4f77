package regie.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import regie.kernel.Documents;
import regie.kernel.Fault;

/**
 * A start, a few requests and a stop, in a folder that is thrown away. The script trains the ahead-of-time cache with it, so it
 * has to go the ways that a real start goes.
 */
final class Rehearsal {
    private static final String MANIFEST = """
            kind: Project
            name: rehearsal
            labels: {by: rehearsal}
            spec: {title: Rehearsal}
            """;

    private Rehearsal() {}

    static int run() throws IOException {
        var folder = Files.createTempDirectory("regie-rehearsal-");
        try {
            // The second start finds its database as a real one does.
            for (int start = 1; start <= 2; start++) once(folder, start == 1);
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Main.UNAVAILABLE;
        } finally {
            delete(folder);
        }
    }

    private static void once(Path folder, boolean first) throws IOException, InterruptedException {
        var text =
                "{data: \"%s\", api: {listen: \"127.0.0.1:0\"}, agents: {listen: \"127.0.0.1:0\"}}".formatted(folder);
        try (var room = new ControlRoom(Documents.read(Settings.class, "rehearsal", text), false)) {
            System.out.printf(Locale.ROOT, "ready %s in %.1f s%n", room.url(), Main.secondsSinceStart());
            var token = Files.readString(folder.resolve(FirstStart.TOKEN_FILE)).strip();
            try (var http = HttpClient.newHttpClient()) {
                var asked = new Asked(http, room.url(), token);
                asked.expect(first ? "create" : "keep", "POST", "/v1/plan", Optional.of(MANIFEST));
                asked.expect("rehearsal", "POST", "/v1/apply", Optional.of(MANIFEST));
                asked.expect("rehearsal", "GET", "/v1/projects?as=table", Optional.empty());
                asked.expect("neededBy", "GET", "/v1/projects/rehearsal/explain", Optional.empty());
            }
        }
    }

    private record Asked(HttpClient http, String url, String token) {
        void expect(String answer, String method, String path, Optional<String> yaml)
                throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/yaml")
                    .method(
                            method,
                            yaml.map(HttpRequest.BodyPublishers::ofString)
                                    .orElseGet(HttpRequest.BodyPublishers::noBody))
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200 && response.body().contains(answer)) return;
            throw new Fault("%s %s answered %d: %s".formatted(method, path, response.statusCode(), response.body()));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
