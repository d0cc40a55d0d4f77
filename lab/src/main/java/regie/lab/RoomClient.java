package regie.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a control room over REST, as an operator. */
public final class RoomClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final String url;
    private final Path tokenFile;

    public RoomClient(String url, Path tokenFile) {
        this(url, tokenFile, HttpClient.newBuilder());
    }

    /** @param trusting what a room behind TLS is known by */
    public RoomClient(String url, Path tokenFile, SSLContext trusting) {
        this(url, tokenFile, HttpClient.newBuilder().sslContext(trusting));
    }

    private RoomClient(String url, Path tokenFile, HttpClient.Builder http) {
        this.http = http.connectTimeout(PATIENCE).build();
        this.url = url;
        this.tokenFile = tokenFile;
    }

    /** @throws IOException where there is no answer, or one that is no success: the message holds what it said */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().GET());
    }

    public JsonNode post(String path, String json) throws IOException, InterruptedException {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public JsonNode put(String path, Path file) throws IOException, InterruptedException {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofFile(file)));
    }

    public JsonNode putJson(String path, String json) throws IOException, InterruptedException {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public JsonNode delete(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().DELETE());
    }

    /** The server-sent events of {@code path}, line by line as they come; ends when it is closed. */
    public Stream<String> events(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token())
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() != 200)
            throw new IOException("%s was answered with %d".formatted(path, answer.statusCode()));
        return answer.body();
    }

    private String token() throws IOException {
        return Files.readString(tokenFile).strip();
    }

    private JsonNode send(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        var whole = request.uri(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .build();
        var answer = http.send(whole, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s %s was answered with %d: %s"
                    .formatted(whole.method(), path, answer.statusCode(), answer.body()));
        }
        return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }
}
