package regie.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Of this program, as Maven wrote it into the jar. */
final class Version {
    private Version() {}

    static String own() {
        try (var in = Objects.requireNonNull(Version.class.getResourceAsStream("version"), "version is in the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
