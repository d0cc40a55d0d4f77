package regie.engine.bmc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;

/** A port of UDP, and mostly of TCP, that nobody has. */
final class FreePort {
    private FreePort() {}

    static int find() {
        try (var socket = new DatagramSocket()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
