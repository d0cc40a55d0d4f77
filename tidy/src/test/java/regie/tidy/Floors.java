package regie.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The floor plan of ARCHITECTURE.md as a table, {@code floors.txt}.
 *
 * @param floors the floor of each module name, or of a family of them ({@code regie.engine.*}); 0 is the ground
 * @param alone modules that may require none of ours
 */
record Floors(Map<String, Integer> floors, Set<String> alone) {
    static Floors read() {
        try (var in = Objects.requireNonNull(Floors.class.getResourceAsStream("floors.txt"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line is a floor's number, or the word {@code alone}, and its modules. */
    static Floors parse(String table) {
        var floors = new HashMap<String, Integer>();
        var alone = new java.util.HashSet<String>();
        table.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            var words = line.strip().split("\\s+", -1);
            for (int i = 1; i < words.length; i++) {
                if (words[0].equals("alone")) {
                    alone.add(words[i]);
                } else {
                    floors.put(words[i], Integer.valueOf(words[0]));
                }
            }
        });
        return new Floors(Map.copyOf(floors), Set.copyOf(alone));
    }

    /** Where {@code module} stands: its own line, else its family's. */
    Optional<Integer> of(String module) {
        var family = module.replaceFirst("\\.[^.]+$", ".*");
        return Optional.ofNullable(floors.get(module)).or(() -> Optional.ofNullable(floors.get(family)));
    }

    boolean mayRequire(String module, String other) {
        return !alone.contains(module) && of(other).orElseThrow() < of(module).orElseThrow();
    }
}
