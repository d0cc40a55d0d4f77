package regie.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Refused;
import regie.kernel.Sha256;

/**
 * Requests that may come twice because their caller never saw the answer: each is done once, and answered the same every time.
 * What is done and its answer are written in one transaction, so that no death between the two can part them.
 */
public final class Repeats {
    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String PURPOSE = "answer to a repeated request";

    private final Database database;
    private final MasterKey masterKey;

    public Repeats(Database database, MasterKey masterKey) {
        this.database = database;
        this.masterKey = masterKey;
    }

    /** What a request was answered. */
    @SuppressWarnings("ArrayRecordComponent") // carried, and never compared
    public record Answer(int status, String mediaType, Optional<String> etag, byte[] body) {}

    /** @param again whether it was done before, and only the answer is given again */
    public record Answered(Answer answer, boolean again) {}

    /**
     * Does {@code work} in one transaction, unless the caller had it done under this key before. What is refused changes nothing
     * and is not kept: the key is free again.
     *
     * @param key chosen by the caller, 1 to 255 characters; each caller has keys of his own
     * @param request SHA-256 of all that is asked for
     * @throws Refused with {@link RepeatRefusal}, or whatever {@code work} says
     */
    public Answered once(Caller caller, String key, byte[] request, Supplier<Answer> work) {
        return database.together(caller.actor(), tx -> {
            // Ends with the transaction, whatever ends that; held here and on every other server.
            if (!RepeatLedger.lock(tx, lock(caller, key))) throw new RepeatRefusal.UnderWay(key).asException();
            var kept = RepeatLedger.find(tx, caller.token(), key, KEPT);
            if (kept.isPresent()) return replayed(kept.get(), key, request);
            var answer = work.get();
            RepeatLedger.keep(tx, caller.token(), key, request, packed(answer));
            return new Answered(answer, false);
        });
    }

    /** Drops answers that were kept long enough. */
    public void forgetOld() {
        database.change(Actor.ROOM, tx -> RepeatLedger.forget(tx, KEPT));
    }

    private Answered replayed(RepeatLedger.Kept kept, String key, byte[] request) {
        if (!MessageDigest.isEqual(kept.request(), request)) throw new RepeatRefusal.Reused(key).asException();
        var answer = kept.answer();
        var body = inflated(masterKey.open(answer.body(), PURPOSE));
        return new Answered(new Answer(answer.status(), answer.mediaType(), answer.etag(), body), true);
    }

    /** Made small before it is sealed: what is sealed can't be compressed. */
    private Answer packed(Answer answer) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes)) {
            out.write(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var sealed = masterKey.seal(bytes.toByteArray(), PURPOSE);
        return new Answer(answer.status(), answer.mediaType(), answer.etag(), sealed);
    }

    private static byte[] inflated(byte[] packed) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lock(Caller caller, String key) {
        var digest = Sha256.of("repeat " + caller.token() + " " + key);
        return ByteBuffer.wrap(Arrays.copyOf(digest, Long.BYTES)).getLong();
    }
}
