package regie.lab.clients;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a body that comes in chunks for as long as it lasts. */
final class Chunked extends InputStream {
    private final InputStream in;
    private int left;
    private boolean ended;

    Chunked(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        if (left == 0 && !ended) begin();
        if (ended) return -1;
        int count = in.read(bytes, from, Math.min(most, left));
        if (count < 0) throw new IOException("closed in the middle of a chunk");
        left -= count;
        if (left == 0) line();
        return count;
    }

    private void begin() throws IOException {
        left = Integer.parseInt(line(), 16);
        ended = left == 0;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new IOException("closed between two chunks");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }
}
