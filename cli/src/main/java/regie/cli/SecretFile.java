package regie.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files with secrets in them: only their owner may read them. */
final class SecretFile {
    private static final int SIZE_MAX = 64 * 1024;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {}

    /** A pipe is read as it is; a file that others may read is refused, so that the mistake is seen on the first day. */
    static String read(Path file) {
        try {
            if (Files.isRegularFile(file)) {
                for (var permission : Files.getPosixFilePermissions(file)) {
                    if (OTHERS.contains(permission)) throw tooOpen(file);
                }
                if (Files.size(file) > SIZE_MAX) throw unreadable(file, "it is larger than 64 KiB");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    /** Whole or not at all, and never readable by others for a moment. */
    static void write(Path file, String text) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var work = Files.createTempFile(folder, ".regie", ".part", owner);
        try {
            Files.write(work, text.getBytes(StandardCharsets.UTF_8));
            Files.move(work, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(work);
        }
    }

    /** For {@code --out}: like {@link #write}, with a message for whoever asked. */
    static void hand(Path file, String secret) {
        try {
            write(file, secret + "\n");
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAULT,
                    "file-not-written",
                    "Can't write %s: %s. The secret is lost; revoke it and create another.".formatted(file, e));
        }
    }

    private static Failure tooOpen(Path file) {
        return new Failure(
                ExitCode.NOT_ALLOWED,
                "file-too-open",
                "%s holds a secret, and others than its owner may read or write it. Close it: chmod 600 %s"
                        .formatted(file, file));
    }

    private static Failure unreadable(Path file, String why) {
        return new Failure(ExitCode.NOT_ALLOWED, "file-unreadable", "Can't read %s: %s".formatted(file, why));
    }
}
