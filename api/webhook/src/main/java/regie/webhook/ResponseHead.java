package regie.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Status and headers of an answer; what follows is of no interest. */
record ResponseHead(int status, Optional<String> retryAfter) {
    private static final int BYTES_MAX = 16 << 10;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

    /** @throws IOException where it is no HTTP, or does not come to an end within 16 KiB */
    static ResponseHead read(InputStream in) throws IOException {
        int left = BYTES_MAX;
        while (true) {
            var text = untilEmptyLine(in, left);
            left -= text.length();
            var lines = List.of(text.split("\r?\n", -1));
            var first = STATUS_LINE.matcher(lines.getFirst());
            if (!first.matches()) throw new IOException("it does not answer with HTTP/1.1");
            int status = Integer.parseInt(first.group(1));
            if (status >= 200) return new ResponseHead(status, header(lines, "retry-after"));
        }
    }

    private static String untilEmptyLine(InputStream in, int most) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int lineLength = 0;
        while (bytes.size() < most) {
            int next = in.read();
            if (next < 0) throw new EOFException();
            bytes.write(next);
            if (next == '\n') {
                if (lineLength == 0) return bytes.toString(ISO_8859_1);
                lineLength = 0;
            } else if (next != '\r') {
                lineLength++;
            }
        }
        throw new IOException("the head of its answer is longer than %d KiB".formatted(BYTES_MAX >> 10));
    }

    private static Optional<String> header(List<String> lines, String name) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** How long the receiver asks to be left alone: seconds, or a time. What can't be read was not said. */
    Optional<Duration> patience(Instant now) {
        return retryAfter.flatMap(text -> text.matches("\\d{1,9}") ? seconds(text) : until(text, now));
    }

    private static Optional<Duration> seconds(String text) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }

    private static Optional<Duration> until(String text, Instant now) {
        try {
            var time = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Optional.of(Duration.between(now, time)).filter(Duration::isPositive);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
