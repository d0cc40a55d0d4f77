package regie.packing;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole numbers between white space, one after the other. What is wrong is told with its line and its place there. */
final class Numbers implements AutoCloseable {
    private final Path file;
    private final Reader text;
    private int line = 1;
    private int token;
    private int next;

    Numbers(Path file) throws IOException {
        this.file = file;
        text = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        next = text.read();
    }

    /** @param what is expected, in words, such as {@code a location} */
    int next(String what, int least, int most) throws IOException {
        skip();
        token++;
        long value = 0;
        int digits = 0;
        for (; next >= '0' && next <= '9' && digits < 11; digits++) {
            value = value * 10 + next - '0';
            next = text.read();
        }
        if (digits == 0 || !(next < 0 || Character.isWhitespace(next)) || value < least || value > most)
            throw wrong("%s, a number from %d to %d".formatted(what, least, most));
        return (int) value;
    }

    int[] next(String what, int count, int least, int most) throws IOException {
        var numbers = new int[count];
        for (int at = 0; at < count; at++) numbers[at] = next(what, least, most);
        return numbers;
    }

    boolean more() throws IOException {
        skip();
        return next >= 0;
    }

    void end() throws IOException {
        if (!more()) return;
        token++;
        throw wrong("the end of the file");
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    private Malformed wrong(String expected) {
        return new Malformed(file, "line %d, number %d".formatted(line, token), expected);
    }

    private void skip() throws IOException {
        while (next >= 0 && Character.isWhitespace(next)) {
            if (next == '\n') {
                line++;
                token = 0;
            }
            next = text.read();
        }
    }
}
