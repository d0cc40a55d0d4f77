package regie.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import regie.kernel.Fault;
import regie.kernel.Sha256;

/** Writes one body to disk and counts and digests it on the way. */
final class Intake {
    private static final int CHUNK = 256 << 10;

    private final Path folder;
    private final Reservation.Reserved reserved;

    Intake(Path folder, Reservation.Reserved reserved) {
        this.folder = folder;
        this.reserved = reserved;
    }

    @FunctionalInterface
    interface Ending {
        Incoming of(Path file, String sha256, long bytes);
    }

    Incoming take(InputStream body, Announced announced, Ending ending) throws IOException {
        var file = newFile();
        boolean whole = false;
        try {
            var sha256 = write(body, announced.bytes(), file);
            if (announced.sha256().isPresent() && !announced.sha256().get().equals(sha256)) {
                throw new StorageRefusal.ChecksumDiffers(announced.sha256().get(), sha256).asException();
            }
            var incoming = ending.of(file, sha256, announced.bytes());
            whole = true;
            return incoming;
        } finally {
            if (!whole) ImageBytes.delete(file);
        }
    }

    private Path newFile() {
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            return Files.createTempFile(folder, "", ".part", owner);
        } catch (IOException e) {
            throw new Fault("can't make a file in " + folder, e);
        }
    }

    /** @return sha256 of what came, all of which is on disk then */
    private String write(InputStream body, long announced, Path file) throws IOException {
        var digest = Sha256.begin();
        var chunk = new byte[CHUNK];
        long written = 0;
        try (var out = open(file)) {
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                written += read;
                if (written > announced) throw new StorageRefusal.SizeDiffers(announced, written).asException();
                digest.update(chunk, 0, read);
                write(out, ByteBuffer.wrap(chunk, 0, read), file);
                reserved.used(read);
            }
            if (written < announced) throw new StorageRefusal.SizeDiffers(announced, written).asException();
            force(out, file);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Faults of the disk are told apart from a body that breaks off, which is the sender's. */
    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new Fault("can't write " + file, e);
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes, Path file) {
        try {
            while (bytes.hasRemaining()) out.write(bytes);
        } catch (IOException e) {
            throw new Fault("can't write %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void force(FileChannel out, Path file) {
        try {
            out.force(true);
        } catch (IOException e) {
            throw new Fault("can't bring %s to the disk: %s".formatted(file, e.getMessage()), e);
        }
    }
}
