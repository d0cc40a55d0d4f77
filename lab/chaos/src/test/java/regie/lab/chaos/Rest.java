package regie.lab.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the room as an operator, and knows the difference between a no and no answer. */
final class Rest implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final long BACK_SECONDS_MAX = 90;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();
    private final String url;
    private final Path tokenFile;

    Rest(String url, Path tokenFile) {
        this.url = url;
        this.tokenFile = tokenFile;
    }

    record Answer(int status, JsonNode body) {
        boolean good() {
            return status / 100 == 2;
        }

        /** @throws AssertionError where it is a no: whoever asks here asks only for what can be done */
        JsonNode orFail(String asked) {
            if (good()) return body;
            throw new AssertionError("%s was answered with %d %s".formatted(asked, status, body));
        }
    }

    /** Nobody answered, or the room said that it does not know: what was asked for is done or it is not. */
    static final class NoAnswer extends Exception {
        NoAnswer(String message) {
            super(message);
        }
    }

    Answer send(String method, String path, String body) throws NoAnswer, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    Answer upload(String path, byte[] bytes) throws NoAnswer, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    /** Asks until there is an answer: for reading only. */
    Answer read(String path) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_SECONDS_MAX);
        while (true) {
            try {
                return send("GET", path, "");
            } catch (NoAnswer e) {
                if (System.nanoTime() > end)
                    throw new AssertionError("no answer for %d s: %s".formatted(BACK_SECONDS_MAX, e.getMessage()));
                Thread.sleep(20);
            }
        }
    }

    /** All there are, in the order of the list. */
    List<JsonNode> list(String plural) throws InterruptedException {
        var answer = read("/v1/" + plural + "?limit=1000").orFail("list of " + plural);
        if (answer.has("next")) throw new AssertionError("more than one page of " + plural);
        return answer.path("items").valueStream().toList();
    }

    /** @throws NoAnswer where the room is not there, or does not begin to answer */
    InputStream stream(String path) throws NoAnswer, InterruptedException {
        try {
            var answer = http.send(request(path).build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() == UNAVAILABLE) throw new NoAnswer("status 503");
            if (answer.statusCode() != 200) throw new AssertionError(path + " has status " + answer.statusCode());
            return answer.body();
        } catch (IOException e) {
            throw new NoAnswer(String.valueOf(e));
        }
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(ANSWER_MAX)
                    .header(
                            "Authorization",
                            "Bearer " + Files.readString(tokenFile).strip());
        } catch (IOException e) {
            throw new AssertionError("the operator's token can't be read", e);
        }
    }

    private Answer send(HttpRequest.Builder builder) throws NoAnswer, InterruptedException {
        var request = builder.build();
        HttpResponse<String> answer;
        try {
            answer = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new NoAnswer("%s %s: %s".formatted(request.method(), request.uri(), e));
        }
        if (answer.statusCode() == UNAVAILABLE)
            throw new NoAnswer("%s %s: %s".formatted(request.method(), request.uri(), answer.body()));
        return new Answer(
                answer.statusCode(), answer.body().isBlank() ? JSON.nullNode() : JSON.readTree(answer.body()));
    }

    static JsonNode tree(String json) {
        return JSON.readTree(json);
    }

    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
