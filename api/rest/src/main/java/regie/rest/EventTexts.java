package regie.rest;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import regie.kernel.ChangeLog;

/**
 * Changes as they go over the wire, the newest of them made once however many watch: a thousand watchers would read and write the
 * same JSON a thousand times before the last one has it.
 */
final class EventTexts {
    /** More than come in the second that one watcher may be slower than another. */
    private static final int KEPT = 1 << 10;

    /** Larger ones, which are rare, are made for each. */
    private static final int BYTES_MAX = 16 << 10;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Made(ChangeLog.Position position, byte[] text) {}

    private final AtomicReferenceArray<@Nullable Made> kept = new AtomicReferenceArray<>(KEPT);

    /** Whoever comes first makes it; two at once make the same. The array is not to be changed. */
    byte[] of(ChangeLog.Change change) {
        int place = (int) (change.position().revision() % KEPT);
        var made = kept.get(place);
        if (made != null && made.position().equals(change.position())) return made.text();
        var text = text(change);
        if (text.length <= BYTES_MAX) kept.set(place, new Made(change.position(), text));
        return text;
    }

    private static byte[] text(ChangeLog.Change change) {
        return "id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(change.position(), change.what(), change.resource())
                .getBytes(StandardCharsets.UTF_8);
    }
}
