package regie.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A receiver on loopback that does with each connection as a test says, down to the bytes. */
final class Wire implements AutoCloseable {
    private final ServerSocket socket;
    private final Behaviour behaviour;
    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** What it does when it has read the request. */
    interface Behaviour {
        void answer(Socket connection) throws IOException;
    }

    record Request(String line, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private Wire(ServerSocket socket, Behaviour behaviour) {
        this.socket = socket;
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    static Wire plain(Behaviour behaviour) throws IOException {
        return new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    }

    static Wire secured(SSLContext context, Behaviour behaviour) throws IOException {
        return new Wire(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                behaviour);
    }

    static Behaviour saying(String text) {
        return connection -> connection.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            requests.add(read(new BufferedInputStream(connection.getInputStream())));
            behaviour.answer(connection);
        } catch (IOException e) {
            // what a test does to it
        }
    }

    private static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) throw new IOException("no request");
            head.write(next);
        }
        var lines = List.of(head.toString(ISO_8859_1).split("\r\n"));
        var headers = new LinkedHashMap<String, String>();
        for (var line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(lines.getFirst(), headers, new String(body, UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var each : open) each.close();
    }
}
