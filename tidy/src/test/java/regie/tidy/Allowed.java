package regie.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** An exception to a rule for one file, with its reason, from {@code allowed.txt}. */
record Allowed(String rule, String path, String reason) {
    static List<Allowed> read() {
        try (var in = Objects.requireNonNull(Allowed.class.getResourceAsStream("allowed.txt"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Allowed> parse(String table) {
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Allowed::of)
                .toList();
    }

    private static Allowed of(String line) {
        var words = line.strip().split("\\s+", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("an exception is a rule, a path and a reason: " + line);
        }
        return new Allowed(words[0], words[1], words[2]);
    }

    boolean covers(Rule other, Source source) {
        return rule.equals(other.name()) && path.equals(source.path());
    }
}
