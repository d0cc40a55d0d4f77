package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The generation of the newest wish that this host has taken; it survives the agent and the host. */
final class Generation {
    private final Path file;
    private long newest;

    /** @throws IOException where the file can't be read, or holds no number */
    Generation(Path host) throws IOException {
        this.file = host.resolve("generation");
        this.newest = Files.exists(file) ? read(file) : 0;
    }

    long newest() {
        return newest;
    }

    /** Returns once the disk has it. */
    void take(long generation) throws IOException {
        if (generation == newest) return;
        DurableFile.write(file, Long.toString(generation));
        newest = generation;
    }

    private static long read(Path file) throws IOException {
        var text = Files.readString(file).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new IOException("%s should hold a number and holds '%s'".formatted(file, text));
        }
    }
}
