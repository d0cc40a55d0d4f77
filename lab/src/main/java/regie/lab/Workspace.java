package regie.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/**
 * The folder of one run, gone with it. What a run left that was killed is swept by the next one: the lock that every living run
 * holds tells which is which.
 */
public final class Workspace implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private Workspace(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** @param all folder in which the runs of one program stand beside each other; made if need be */
    public static Workspace make(Path all) throws IOException {
        // Others may pass through it: PostgreSQL runs as a user of its own.
        var open = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectories(all, open);
        sweep(all);
        // Short, for the consoles' sockets lie in it, and a socket's path may have 107 characters.
        var path = Files.createDirectory(
                all.resolve("run-" + ProcessHandle.current().pid()), open);
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new Workspace(path, channel, channel.lock());
    }

    private static void sweep(Path all) throws IOException {
        try (var runs = Files.newDirectoryStream(all, "run-*")) {
            for (var run : runs) {
                try (var channel = FileChannel.open(
                                run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var free = channel.tryLock()) {
                    if (free != null) delete(run);
                }
            }
        }
    }

    public Path path() {
        return path;
    }

    /** {@code wanted} where it is free, else any that is. */
    public static int freePort(int wanted) {
        try (var socket = new ServerSocket(wanted)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        }
    }

    @Override
    public void close() throws IOException {
        delete(path);
        lock.release();
        channel.close();
    }
}
