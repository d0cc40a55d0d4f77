package regie.agent.daemon;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What an agent keeps. Its key and its wishes are for its owner alone; the folder itself can be passed through, since the
 * hypervisor reads images as another user.
 */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws IOException where another agent has the folder, or it can't be written */
    static DataFolder open(Path folder) throws IOException {
        SafeFile.folder(folder, "rwx--x--x");
        var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(file)) {
            file.close();
            throw new IOException("another agent works in " + folder);
        }
        return new DataFolder(folder, file);
    }

    /** The lock goes with the process, however it ends. */
    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock held = file.tryLock();
            return held != null;
        } catch (OverlappingFileLockException alsoInThisProcess) {
            return false;
        }
    }

    Path identity() throws IOException {
        return SafeFile.folder(folder.resolve("identity"), "rwx------").resolve("agent.pem");
    }

    Path wishes() throws IOException {
        return SafeFile.folder(folder.resolve("wishes"), "rwx------");
    }

    /** Made by whoever writes there first: hosts without a lease have none. */
    Path lease(String host) throws IOException {
        return SafeFile.folder(folder.resolve("lease"), "rwx------").resolve(host);
    }

    Path artifacts() throws IOException {
        return SafeFile.folder(folder.resolve("artifacts"), "rwx--x--x");
    }

    /** For the engine's own needs; it decides who may read what in there. */
    Path engine() throws IOException {
        return SafeFile.folder(folder.resolve("engine"), "rwx--x--x");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
