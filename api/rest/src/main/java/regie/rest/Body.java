package regie.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import regie.kernel.Clock;

/** Reads bodies within bounds. */
final class Body {
    static final int BYTES_MAX = 16 << 20;
    static final int LARGE = 1 << 20;
    private static final Duration TIME_MAX = Duration.ofMinutes(1);
    private static final int CHUNK = 16 << 10;
    private static final int DISCARDED_MAX = 2 * BYTES_MAX;
    private static final Duration DISCARDING_MAX = Duration.ofSeconds(5);

    private Body() {}

    /** @throws regie.kernel.Refused with {@link RestRefusal.BodyTooLarge} or {@link RestRefusal.BodyUnreadable} */
    static byte[] read(InputStream body, long announced, Clock clock, LargeBodies.Place place) throws IOException {
        if (announced > BYTES_MAX) throw tooLarge();
        if (announced > LARGE) place.take();
        var bytes = new ByteArrayOutputStream(Math.clamp(announced, 0, BYTES_MAX));
        var chunk = new byte[CHUNK];
        long begun = clock.nanos();
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            if (clock.nanos() - begun > TIME_MAX.toNanos()) {
                throw new RestRefusal.BodyUnreadable("it took longer than %d s".formatted(TIME_MAX.toSeconds()))
                        .asException();
            }
            if (bytes.size() + read > BYTES_MAX) throw tooLarge();
            bytes.write(chunk, 0, read);
            if (bytes.size() > LARGE) place.take();
        }
        return bytes.toByteArray();
    }

    /** @throws regie.kernel.Refused with {@link RestRefusal.BodyUnreadable} */
    static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RestRefusal.BodyUnreadable("it is not UTF-8").asException();
        }
    }

    /**
     * Reads on to the end of a body that nobody wants any more, within bounds. A connection that is closed while its caller still
     * sends is reset, and the caller would never see why it was refused.
     *
     * @return whether the end was reached, so that the connection can serve the next request
     */
    static boolean discard(InputStream body, Clock clock) {
        var chunk = new byte[CHUNK];
        long begun = clock.nanos();
        try {
            for (long seen = 0; seen <= DISCARDED_MAX && clock.nanos() - begun < DISCARDING_MAX.toNanos(); ) {
                int read = body.read(chunk);
                if (read < 0) return true;
                seen += read;
            }
        } catch (IOException _) {
            return false; // the caller went away, or sends what is no HTTP
        }
        return false;
    }

    private static regie.kernel.Refused tooLarge() {
        return new RestRefusal.BodyTooLarge(BYTES_MAX).asException();
    }
}
