package regie.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Many watchers of one room, each on a connection of its own, read by one thread: they take so little of the processor that what is
 * measured is the room.
 */
final class WatchCrowd implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Selector selector;
    private final Consumer<String> seen;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Thread thread;

    /** @param seen is given each line of each stream, as it came */
    WatchCrowd(int count, int port, String token, String path, Consumer<String> seen) throws IOException {
        this.selector = Selector.open();
        this.seen = seen;
        var request = "GET %s HTTP/1.1\r\nHost: room\r\nAuthorization: Bearer %s\r\n\r\n".formatted(path, token);
        for (int at = 0; at < count; at++) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new ByteArrayOutputStream());
        }
        this.thread = Thread.ofPlatform().name("watchers").daemon().start(this::follow);
    }

    private void follow() {
        try {
            while (selector.isOpen()) selector.select(this::read);
        } catch (java.nio.channels.ClosedSelectorException over) {
            // the measurement is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key) {
        try {
            var channel = (SocketChannel) key.channel();
            buffer.clear();
            if (channel.read(buffer) < 0) {
                key.cancel();
                return;
            }
            lines(buffer.flip(), (ByteArrayOutputStream) key.attachment());
        } catch (IOException e) {
            key.cancel();
        }
    }

    /** @param begun what has come of the line that is not whole yet */
    private void lines(ByteBuffer bytes, ByteArrayOutputStream begun) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next != '\n') {
                begun.write(next);
                continue;
            }
            seen.accept(begun.toString(StandardCharsets.UTF_8));
            begun.reset();
        }
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) key.channel().close();
        selector.close();
        thread.interrupt();
    }
}
