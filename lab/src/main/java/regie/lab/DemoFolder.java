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
 * The folder of one demo, gone with it. What a demo left that was killed is swept by the next one: the lock that every living demo
 * holds tells which is which.
 */
final class DemoFolder implements AutoCloseable {
    private static final Path ALL = Path.of("/var/lib/regie-demo");
    private static final int API_PORT = 7070;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final int apiPort = freePort(API_PORT);
    private final int agentsPort = freePort(API_PORT + 1);

    private DemoFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    static DemoFolder make() throws IOException {
        // Others may pass through it: PostgreSQL runs as a user of its own.
        var open = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectories(ALL, open);
        sweep();
        var path = Files.createTempDirectory(ALL, "run-", open);
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new DemoFolder(path, channel, channel.lock());
    }

    private static void sweep() throws IOException {
        try (var runs = Files.newDirectoryStream(ALL, "run-*")) {
            for (var run : runs) {
                try (var channel = FileChannel.open(
                                run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var free = channel.tryLock()) {
                    if (free != null) delete(run);
                }
            }
        }
    }

    /** The {@code number}-th host; its addresses fit the networks of examples/laptop. */
    SandboxSettings host(String name, int number) {
        return new SandboxSettings(
                name,
                link(number),
                "10.77.%d.1/24".formatted(number),
                "10.77.%d.2/24".formatted(number),
                ALL.resolve("libvirt-cache"),
                path.resolve(name + ".log"));
    }

    static String link(int number) {
        return "regie-demo" + number;
    }

    /** Address at which the {@code number}-th host reaches the room's door for agents. */
    String door(SandboxHost host) {
        return host.near() + ":" + agentsPort;
    }

    String url() {
        return "http://127.0.0.1:" + apiPort;
    }

    Path token() {
        return room().resolve("operator.token");
    }

    Path room() {
        return path.resolve("room");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    String settings() {
        return """
                data: %s
                api: {listen: "127.0.0.1:%d"}
                agents: {listen: "0.0.0.0:%d"}
                """.formatted(room(), apiPort, agentsPort);
    }

    private static int freePort(int wanted) {
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
