package regie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file that {@code regie login} writes. First what holds when nothing else is said (which room, which project), then a section
 * per room with its {@code token} and, for its own certificate authority, {@code ca}: a token is only ever sent to the room that it is of.
 */
record ConfigFile(Map<String, String> general, Map<String, Map<String, String>> rooms) {

    static Path place(Map<String, String> environment) {
        var folder = Optional.ofNullable(environment.get("XDG_CONFIG_HOME")).filter(text -> !text.isEmpty());
        return folder.map(Path::of)
                .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "/root"), ".config"))
                .resolve("regie/config");
    }

    /** Empty where there is no file yet. */
    static ConfigFile read(Path place) {
        if (!Files.exists(place)) return new ConfigFile(new LinkedHashMap<>(), new LinkedHashMap<>());
        return parse(place.toString(), SecretFile.read(place));
    }

    static ConfigFile parse(String file, String text) {
        var config = new ConfigFile(new LinkedHashMap<>(), new LinkedHashMap<>());
        var section = config.general;
        int number = 0;
        for (var raw : text.split("\n", -1)) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section =
                        config.rooms.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new LinkedHashMap<>());
            } else if (equals > 0) {
                section.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            } else {
                throw new Failure(
                        ExitCode.USAGE,
                        "config-malformed",
                        "%s:%d: expected NAME = VALUE or [ROOM]. Mend the line, or remove the file and run: regie login"
                                .formatted(file, number));
            }
        }
        return config;
    }

    Optional<String> general(String name) {
        return Optional.ofNullable(general.get(name));
    }

    Optional<String> of(String room, String name) {
        return Optional.ofNullable(rooms.getOrDefault(room, Map.of()).get(name));
    }

    void write(Path place) {
        var text = new StringBuilder();
        general.forEach((name, value) -> text.append("%s = %s\n".formatted(name, value)));
        rooms.forEach((room, values) -> {
            text.append("\n[%s]\n".formatted(room));
            values.forEach((name, value) -> text.append("%s = %s\n".formatted(name, value)));
        });
        try {
            Files.createDirectories(Optional.ofNullable(place.getParent()).orElse(Path.of(".")));
            SecretFile.write(place, text.toString());
        } catch (IOException e) {
            throw new Failure(ExitCode.FAULT, "file-not-written", "Can't write %s: %s".formatted(place, e));
        }
    }
}
