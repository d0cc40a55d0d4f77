package regie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file on its way into an image.
 *
 * @param role kernel, initrd, disk or cdrom
 * @param sha256 of its content, in lower-case hexadecimal
 */
record ImageFile(String role, Path file, long bytes, String sha256) {
    private static final int CHUNK = 256 << 10;
    private static final int ISO_MARK_AT = 16 * 2048 + 1;

    /** Reads it once, to the end. */
    static ImageFile of(String role, Path file, Progress progress) {
        if (!Files.isRegularFile(file)) throw Failure.usage("There is no file %s.".formatted(file));
        return progress.during("reading " + file, () -> {
            try {
                var read = new ImageFile(role, file, Files.size(file), digest(file));
                if (read.bytes() == 0) throw Failure.usage("The file %s is empty.".formatted(file));
                return read;
            } catch (IOException e) {
                throw Failure.usage("Can't read %s: %s".formatted(file, e));
            }
        });
    }

    /** Whether a file looks like a medium (ISO 9660); the room looks closer. */
    static boolean isMedium(Path file) {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(ISO_MARK_AT);
            return new String(in.readNBytes(5), java.nio.charset.StandardCharsets.US_ASCII).equals("CD001");
        } catch (IOException e) {
            return false; // also where it is shorter; reading it whole says what is wrong
        }
    }

    long mebibytes() {
        return Math.ceilDiv(bytes, 1L << 20);
    }

    private static String digest(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) digest.update(chunk, 0, read);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
