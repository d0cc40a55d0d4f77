package regie.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * One HTTPS connection that is kept for all requests, one at a time. It does what a client has to and no more, for on the same
 * machine the client takes processor time from what it measures.
 */
final class KeptConnection implements AutoCloseable {
    private static final int BUFFER = 32 << 10;
    private static final int SECONDS_MAX = 60;
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String head;

    KeptConnection(SSLContext trusting, int port, String token) throws IOException {
        socket = trusting.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SECONDS_MAX * 1_000);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
        head = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n".formatted(token);
    }

    /** What was answered. */
    record Answer(int status, ByteBuffer body) {
        String text() {
            return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        }
    }

    Answer get(String path) throws IOException {
        return ask("GET " + path + head + "\r\n", new byte[0]);
    }

    Answer send(String method, String path, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        return ask(
                "%s %s%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(method, path, head, body.length),
                body);
    }

    private Answer ask(String headers, byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(headers.length() + body.length);
        bytes.writeBytes(headers.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        out.write(bytes.toByteArray());
        return answer();
    }

    private Answer answer() throws IOException {
        var status = line().split(" ", 3);
        if (status.length < 2) throw new IOException("an answer without a status");
        int length = 0;
        boolean chunked = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH))
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            chunked |= lower.equals(CHUNKED);
        }
        return new Answer(Integer.parseInt(status[1]), ByteBuffer.wrap(chunked ? chunks() : in.readNBytes(length)));
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream(BUFFER);
        while (true) {
            int length = Integer.parseInt(line(), 16);
            all.writeBytes(in.readNBytes(length));
            line();
            if (length == 0) return all.toByteArray();
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new IOException("the room has closed the connection");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
