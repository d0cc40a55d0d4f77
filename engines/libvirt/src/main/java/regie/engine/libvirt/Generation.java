package regie.engine.libvirt;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
        var draft = file.resolveSibling("generation.new");
        try (var channel = FileChannel.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
            var text = ByteBuffer.wrap(Long.toString(generation).getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) channel.write(text);
            channel.force(true);
        }
        Files.move(draft, file, ATOMIC_MOVE);
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
