package regie.lab.clients;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection as a client has it that keeps to no rule: bytes out, an answer in. */
final class Wire implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int LINE_MAX = 64 << 10;
    private static final int BODY_MAX = 64 << 20;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** @param patienceMillis how long an answer is waited for */
    Wire(InetSocketAddress room, int patienceMillis) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        socket.connect(room, CONNECT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * What came back.
     *
     * @param headers by their names in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean closes() {
            return header("connection").equalsIgnoreCase("close");
        }
    }

    Socket socket() {
        return socket;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * @param stream whether only the head is waited for
     * @throws IOException where the connection was closed or nothing came in time
     */
    Answer answer(boolean stream) throws IOException {
        var status = line().split(" ", 3);
        if (status.length < 2 || !status[1].matches("\\d{3}"))
            throw new IOException("no answer in HTTP: " + String.join(" ", status));
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0)
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status[1]);
        if (code == 100) return answer(stream);
        var bytes = stream && code == 200 ? new byte[0] : body(code, headers);
        return new Answer(code, headers, new String(bytes, StandardCharsets.UTF_8));
    }

    /** Behind the head of a stream: its bytes as they come. */
    InputStream chunked() {
        return new Chunked(in);
    }

    private byte[] body(int code, Map<String, String> headers) throws IOException {
        if (code == 204 || code == 304) return new byte[0];
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) return chunks();
        var length = headers.get("content-length");
        return in.readNBytes(length == null ? BODY_MAX : Math.min(Integer.parseInt(length), BODY_MAX));
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (all.size() < BODY_MAX) {
            int length = Integer.parseInt(line(), 16);
            all.writeBytes(in.readNBytes(length));
            line();
            if (length == 0) break;
        }
        return all.toByteArray();
    }

    /** Also of a stream, whose chunks begin with a line of their own. */
    String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > LINE_MAX) throw new IOException("closed");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
