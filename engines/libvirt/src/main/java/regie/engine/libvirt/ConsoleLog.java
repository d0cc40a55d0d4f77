package regie.engine.libvirt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a guest wrote to its serial console, in a file that QEMU appends to. */
final class ConsoleLog {
    /** From here on the older part goes. */
    private static final long BYTES_MAX = 4L << 20;

    private static final int BYTES_KEPT = 1 << 20;

    private ConsoleLog() {}

    /** The last {@code bytesMax} bytes; none where the guest has written none. */
    static byte[] tail(Path log, int bytesMax) throws IOException {
        if (!Files.exists(log)) return new byte[0];
        try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
            return tail(channel, bytesMax);
        }
    }

    /**
     * Keeps the last part of a log that has grown too long. QEMU writes at the end, wherever that is, so it carries on in
     * the shortened file; what it writes in the very moment of the cut may be lost.
     */
    static void bound(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= BYTES_MAX) return;
        try (var channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var kept = ByteBuffer.wrap(tail(channel, BYTES_KEPT));
            channel.truncate(0);
            while (kept.hasRemaining()) channel.write(kept, kept.position());
        }
    }

    private static byte[] tail(FileChannel channel, int bytesMax) throws IOException {
        long size = channel.size();
        var bytes = ByteBuffer.allocate((int) Math.min(size, bytesMax));
        long start = size - bytes.capacity();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) break; // cut meanwhile
        }
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    }
}
