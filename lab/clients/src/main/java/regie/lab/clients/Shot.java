package regie.lab.clients;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One request as bytes, and what is known of its answer beforehand. */
final class Shot {
    private static final int SHOWN_MAX = 600;

    private final byte[] bytes;
    private final Expected expected;
    private final boolean stream;

    /**
     * @param expected what has to come back
     * @param stream whether a good answer has no end
     */
    Shot(byte[] bytes, Expected expected, boolean stream) {
        this.bytes = bytes;
        this.expected = expected;
        this.stream = stream;
    }

    byte[] bytes() {
        return bytes;
    }

    Expected expected() {
        return expected;
    }

    boolean stream() {
        return stream;
    }

    enum Expected {
        /** It can't be done: 4xx. */
        REFUSED,
        /** Nobody who asks so is known: 401, or 400 where it is not even HTTP. */
        NOT_SIGNED_IN,
        /** It may be good by chance: anything but a failure. */
        NO_FAILURE
    }

    /** The beginning of it, for a human. */
    String shown() {
        var text = new String(bytes, 0, Math.min(bytes.length, SHOWN_MAX), StandardCharsets.UTF_8);
        return text.replaceAll("regie_\\w+", "regie_…")
                .replaceAll("[\\p{Cntrl}&&[^\r\n]]", "·")
                .strip();
    }

    /** Puts a request together as it is told, be it HTTP or not. */
    static final class Builder {
        private final String method;
        private final String target;
        private final List<String> headers = new ArrayList<>();
        private byte[] body = new byte[0];
        private Expected expected = Expected.NO_FAILURE;
        private boolean stream;

        Builder(String method, String target) {
            this.method = method;
            this.target = target;
        }

        Builder header(String name, String value) {
            headers.add(name + ": " + value);
            return this;
        }

        Builder body(byte[] bytes) {
            body = bytes;
            return this;
        }

        Builder expecting(Expected what) {
            expected = what;
            return this;
        }

        Builder streaming(boolean whether) {
            stream = whether;
            return this;
        }

        Shot build() {
            var head = new StringBuilder("%s %s HTTP/1.1\r\nHost: room\r\n".formatted(method, target));
            headers.forEach(header -> head.append(header).append("\r\n"));
            if (body.length > 0)
                head.append("Content-Length: ").append(body.length).append("\r\n");
            head.append("\r\n");
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(body);
            return new Shot(bytes.toByteArray(), expected, stream);
        }
    }
}
