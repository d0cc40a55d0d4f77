package regie.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/** The room as this program sees it: paths of REST v1 in, JSON out; every problem becomes a {@link Failure}. */
final class Room {
    private static final String JSON = "application/json";

    private final Address address;
    private final Http http;
    private final Progress progress;
    private final Insisting insisting;

    Room(Address address, Http http, Progress progress, InstantSource time) {
        this.address = address;
        this.http = http;
        this.progress = progress;
        this.insisting = new Insisting(http, progress, time);
    }

    Address address() {
        return address;
    }

    Http http() {
        return http;
    }

    JsonNode get(String path) {
        return Json.read(answer(Http.Request.get(path)).text());
    }

    /** Empty where there is no such thing. */
    Optional<JsonNode> find(String path) {
        var answer = send(Http.Request.get(path));
        if (answer.status() == 404) return Optional.empty();
        return Optional.of(Json.read(checked(answer).text()));
    }

    String yaml(String path) {
        return answer(new Http.Request("GET", path, "application/yaml", Map.of(), Optional.empty()))
                .text();
    }

    String text(String path) {
        return answer(new Http.Request("GET", path, "text/plain", Map.of(), Optional.empty()))
                .text();
    }

    JsonNode post(String path, JsonNode body) {
        var request = new Http.Request("POST", path, JSON, Map.of(), Optional.of(new Http.Body(JSON, Json.line(body))));
        return tree(answer(request));
    }

    JsonNode put(String path, JsonNode body) {
        var request = new Http.Request("PUT", path, JSON, Map.of(), Optional.of(new Http.Body(JSON, Json.line(body))));
        return tree(answer(request));
    }

    /** @param sent is told how many bytes went so far */
    JsonNode upload(String path, Path file, Map<String, String> headers, LongConsumer sent) {
        return tree(checked(http.upload(path, file, headers, sent)));
    }

    /** The resource as far as it is still there; empty where it went at once. */
    Optional<JsonNode> delete(String path) {
        var answer = answer(new Http.Request("DELETE", path, JSON, Map.of(), Optional.empty()));
        return answer.text().isEmpty() ? Optional.empty() : Optional.of(Json.read(answer.text()));
    }

    private Http.Answer answer(Http.Request request) {
        return checked(send(request));
    }

    /** The answer whatever its status. */
    Http.Answer send(Http.Request request) {
        return progress.during("waiting for the room at " + address.url(), () -> insisting.send(request));
    }

    static Http.Answer checked(Http.Answer answer) {
        if (answer.status() >= 400) throw Problem.failure(answer.status(), answer.text());
        if (answer.status() >= 300)
            throw new Failure(
                    ExitCode.FAULT,
                    "answer-unreadable",
                    "The answer leads elsewhere (%s). Name the room's own address: --room URL"
                            .formatted(Ink.plain(answer.header("Location").orElse("nowhere"))));
        return answer;
    }

    private static JsonNode tree(Http.Answer answer) {
        return answer.text().isEmpty() ? Json.object() : Json.read(answer.text());
    }
}
