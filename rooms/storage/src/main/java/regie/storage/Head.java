package regie.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import regie.kernel.Fault;

/** The first and the last bytes of a file: all that is needed to see what it claims to be. Bytes that are not there read as zero. */
final class Head {
    /** Reaches behind the first descriptor of an ISO 9660 medium. */
    private static final int FIRST = 36 << 10;

    private static final int LAST = 512;

    private final ByteBuffer first = ByteBuffer.allocate(FIRST);
    private final ByteBuffer last = ByteBuffer.allocate(LAST);
    private final long fileBytes;

    private Head(FileChannel file) throws IOException {
        fileBytes = file.size();
        fill(file, first, 0);
        fill(file, last, Math.max(0, fileBytes - LAST));
    }

    /** @throws Fault where the file can't be read */
    static Head of(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Head(channel);
        } catch (IOException e) {
            throw new Fault("can't read " + file, e);
        }
    }

    private static void fill(FileChannel file, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) return;
            at += read;
        }
    }

    long fileBytes() {
        return fileBytes;
    }

    /** @param hexadecimal two digits a byte */
    boolean has(int offset, String hexadecimal) {
        return is(first, offset, java.util.HexFormat.of().parseHex(hexadecimal));
    }

    boolean hasText(int offset, String text) {
        return is(first, offset, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether the last 512 bytes begin with {@code text}. */
    boolean footHasText(String text) {
        return fileBytes >= LAST && is(last, 0, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean is(ByteBuffer buffer, int offset, byte[] wanted) {
        return buffer.duplicate().position(offset).slice().limit(wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    /** Big-endian, unsigned. */
    long number32(int offset) {
        return Integer.toUnsignedLong(first.getInt(offset));
    }

    /** Big-endian; negative stands for more than a long holds. */
    long number64(int offset) {
        return first.getLong(offset);
    }

    /** Little-endian, unsigned. */
    long little32(int offset) {
        return Integer.toUnsignedLong(Integer.reverseBytes(first.getInt(offset)));
    }

    boolean holds(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= Math.min(FIRST, fileBytes) - length;
    }

    String text(int offset, int length) {
        var bytes = new byte[length];
        first.get(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
