package regie.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Manifests as they are sent to the room, which reads them.
 *
 * @param texts by the name under which the room speaks of them: the path as given, {@code stdin} for {@code -}
 */
record ManifestSet(Map<String, String> texts) {
    private static final int FILES_MAX = 1_000;
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    /** @param places files, folders (searched in depth for .yaml, .yml and .json), or {@code -} */
    static ManifestSet read(List<String> places) {
        var texts = new LinkedHashMap<String, String>();
        for (var place : places) {
            if (place.equals("-")) texts.put("stdin", standardInput());
            else for (var file : files(Path.of(place))) texts.put(file.toString(), text(file));
        }
        long bytes = texts.values().stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (texts.size() > FILES_MAX || bytes > BYTES_MAX)
            throw Failure.usage(
                    "%d files of %d bytes in all; at most %d files and 16 MiB at a time. Apply them in parts."
                            .formatted(texts.size(), bytes, FILES_MAX));
        return new ManifestSet(texts);
    }

    /** The body of /v1/plan and /v1/apply. */
    ObjectNode body(String project, Optional<String> number) {
        var body = Json.object().put("project", project);
        number.ifPresent(value -> body.put("number", value));
        var files = body.putArray("files");
        texts.forEach((name, text) -> files.addObject().put("name", name).put("text", text));
        return body;
    }

    JsonNode plan(Room room, String project) {
        return post(room, "/v1/plan", body(project, Optional.empty()));
    }

    /** @param number of the plan that is meant; empty to apply whatever it comes to */
    JsonNode apply(Room room, String project, Optional<String> number) {
        return post(room, "/v1/apply", body(project, number));
    }

    private JsonNode post(Room room, String path, ObjectNode body) {
        try {
            return room.post(path, body);
        } catch (Failure failure) {
            throw failure.in(texts);
        }
    }

    private static List<Path> files(Path place) {
        if (Files.isRegularFile(place)) return List.of(place);
        if (!Files.isDirectory(place)) {
            if (Files.exists(place)) return List.of(place);
            throw Failure.usage("There is no file or folder %s.".formatted(place));
        }
        try (var found = Files.walk(place)) {
            var files = found.filter(ManifestSet::isManifest).sorted().toList();
            if (files.isEmpty())
                throw Failure.usage("The folder %s holds no .yaml, .yml or .json file.".formatted(place));
            return files;
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    private static boolean isManifest(Path file) {
        var name = file.toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) && Files.isRegularFile(file);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.nio.charset.MalformedInputException e) {
            throw Failure.usage("%s is not UTF-8 text.".formatted(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(Path.of("-"), e);
        }
    }

    private static Failure unreadable(Path place, IOException e) {
        return Failure.usage("Can't read %s: %s".formatted(place, e));
    }
}
