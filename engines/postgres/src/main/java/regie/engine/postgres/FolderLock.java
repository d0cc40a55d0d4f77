package regie.engine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a folder for one JVM; the kernel gives it back when the JVM dies in whatever way. The file holds the pid of the
 * last holder and is never deleted: deleting it would let two processes lock two files of one name.
 */
final class FolderLock implements AutoCloseable {
    /** Closing any channel to a locked file drops this JVM's lock, so a second attempt must not even open the file. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileLock lock;

    private FolderLock(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the lock of {@code folder}, which must be a real path.
     *
     * @throws PostgresFault where a living process holds it; the message names its pid
     */
    static FolderLock take(Path folder) throws PostgresFault, IOException {
        if (!HELD_HERE.add(folder))
            throw held(folder, Long.toString(ProcessHandle.current().pid()));
        var file = folder.resolve("lock");
        FolderLock taken = null;
        try {
            var channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                var lock = channel.tryLock();
                if (lock == null) throw held(folder, Files.readString(file).strip());
                taken = new FolderLock(folder, lock);
                channel.truncate(0);
                var pid = Long.toString(ProcessHandle.current().pid()) + "\n";
                channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
                return taken;
            } finally {
                if (taken == null) channel.close();
            }
        } finally {
            if (taken == null) HELD_HERE.remove(folder);
        }
    }

    private static PostgresFault held(Path folder, String pid) {
        return new PostgresFault(
                PostgresFault.Reason.HELD,
                "%s is in use by process %s; stop that process or choose another folder".formatted(folder, pid));
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The lock of " + folder + " could not be given back", e);
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
