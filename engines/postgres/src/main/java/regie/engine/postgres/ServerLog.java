package regie.engine.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The server's own log. A file and no pipe: the server must be able to say why it stops after this JVM is dead. Each
 * start sets a log that grew long aside, and keeps one such.
 */
record ServerLog(Path file) {
    private static final long BYTES_MAX = 8L * 1024 * 1024;
    private static final int TAIL_BYTES_MAX = 4 * 1024;

    /** Makes the log where it is missing, sets a long one aside, and returns its length in bytes. */
    long open() throws IOException {
        if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.size(file);
    }

    /** Returns the end of what was written since the log was {@code from} bytes long, at most 4 KiB. */
    String since(long from) throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            var start = Math.max(from, log.length() - TAIL_BYTES_MAX);
            var tail = new byte[(int) Math.max(0, log.length() - start)];
            log.seek(start);
            log.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8).strip();
        }
    }
}
