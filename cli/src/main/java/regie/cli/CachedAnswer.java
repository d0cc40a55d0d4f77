package regie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer of the room that changes with its version only, kept in a file: used as it is while recent, then asked for by its ETag. */
final class CachedAnswer {
    private static final Duration RECENT = Duration.ofMinutes(5);

    private final Room room;
    private final String path;
    private final Path file;
    private final InstantSource time;

    CachedAnswer(Room room, String path, Path folder, InstantSource time) {
        this.room = room;
        this.path = path;
        this.time = time;
        var name = room.address().url() + path;
        this.file = folder.resolve(name.replaceAll("[^A-Za-z0-9.]+", "-") + ".json");
    }

    Room room() {
        return room;
    }

    JsonNode recent() {
        return kept().filter(kept -> kept.at().plus(RECENT).isAfter(time.instant()))
                .map(Kept::answer)
                .orElseGet(this::renewed);
    }

    JsonNode renewed() {
        var kept = kept();
        var headers = kept.map(Kept::etag)
                .filter(etag -> !etag.isEmpty())
                .map(etag -> Map.of("If-None-Match", etag))
                .orElse(Map.of());
        var answer = room.send(new Http.Request("GET", path, "application/json", headers, Optional.empty()));
        if (answer.status() == 304 && kept.isPresent()) {
            keep(kept.get().etag(), kept.get().answer());
            return kept.get().answer();
        }
        var tree = Json.read(Room.checked(answer).text());
        keep(answer.header("ETag").orElse(""), tree);
        return tree;
    }

    private record Kept(Instant at, String etag, JsonNode answer) {}

    /** Empty where there is none, or none that can be read: a cache is never a reason to fail. */
    private Optional<Kept> kept() {
        try {
            var tree = Json.read(Files.readString(file));
            if (!tree.has("answer")) return Optional.empty();
            return Optional.of(new Kept(
                    Files.getLastModifiedTime(file).toInstant(), Json.text(tree, "etag"), tree.path("answer")));
        } catch (IOException | Failure e) {
            return Optional.empty();
        }
    }

    private void keep(String etag, JsonNode answer) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var kept = Json.object().put("etag", etag);
            kept.set("answer", answer);
            SecretFile.write(file, Json.line(kept));
        } catch (IOException e) {
            // Without a cache the next word asks again.
        }
    }
}
