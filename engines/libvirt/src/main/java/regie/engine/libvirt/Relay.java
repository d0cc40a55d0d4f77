package regie.engine.libvirt;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import regie.agent.contract.HostTunnel;

/** Leads whoever connects to a socket of this host through the tunnel, and whoever comes out of it to a socket. */
final class Relay implements AutoCloseable {
    interface Way {
        HostTunnel.Stream open() throws IOException;
    }

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    private final Path socket;
    private final ServerSocketChannel door;

    private Relay(Path socket, ServerSocketChannel door) {
        this.socket = socket;
        this.door = door;
    }

    /** Listens on {@code socket}, whose name nobody guesses: QEMU, which is another user, connects to it. */
    static Relay open(Path socket, Way way) throws IOException {
        Files.deleteIfExists(socket);
        var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        var relay = new Relay(socket, door);
        Thread.ofVirtual().name("relay-door").start(() -> relay.serve(way));
        return relay;
    }

    private void serve(Way way) {
        while (door.isOpen()) {
            try {
                var caller = door.accept();
                Thread.ofVirtual().name("relay").start(() -> lead(caller, way));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private static void lead(SocketChannel caller, Way way) {
        try (caller;
                var stream = way.open()) {
            join(caller, stream, () -> {});
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.WARNING, "a connection to another host ended: {0}", broken.getMessage());
        }
    }

    /** Leads what came out of the tunnel to {@code socket} and returns when both directions have ended. */
    static void deliver(HostTunnel.Stream stream, Path socket, Runnable whenTheyEnd) throws IOException {
        try (stream;
                var local = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            join(local, stream, whenTheyEnd);
        }
    }

    /** @param whenTheyEnd is run when no more bytes come out of the tunnel */
    private static void join(SocketChannel local, HostTunnel.Stream stream, Runnable whenTheyEnd) throws IOException {
        var out = Thread.ofVirtual().name("relay-out").start(() -> send(local, stream));
        try {
            stream.in().transferTo(Channels.newOutputStream(local));
        } finally {
            whenTheyEnd.run();
            quietly(local::shutdownOutput);
        }
        try {
            out.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(SocketChannel local, HostTunnel.Stream stream) {
        try {
            Channels.newInputStream(local).transferTo(stream.out());
            stream.endOutput();
        } catch (IOException broken) {
            quietly(stream);
            quietly(local);
        }
    }

    private static void quietly(AutoCloseable action) {
        try {
            action.close();
        } catch (Exception _) {
            // it is closed either way
        }
    }

    @Override
    public void close() {
        quietly(door);
        quietly(() -> Files.deleteIfExists(socket));
    }
}
