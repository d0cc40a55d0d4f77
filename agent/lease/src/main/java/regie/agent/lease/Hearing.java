package regie.agent.lease;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose answers come through to the host: a line may be broken in one direction alone. An answer is overdue by its own beat, however far
 * apart beats to this receiver are.
 */
final class Hearing {
    /** Of beats 200 ms apart the third is the first to say that the one two before it was not answered. */
    private static final long OVERDUE_NANOS = Duration.ofMillis(350).toNanos();

    /** More need not be known: the oldest decides, and an answer to any later one clears all before it. */
    private static final int KEPT = 8;

    /** By receiver, when beats went to it that neither were answered nor came before one that was; the oldest first. */
    private final Map<String, Deque<Long>> unanswered = new HashMap<>();

    /** A beat goes to {@code receiver} now. */
    void sent(String receiver, long now) {
        var open = unanswered.computeIfAbsent(receiver, _ -> new ArrayDeque<>(KEPT));
        if (open.size() < KEPT && (open.isEmpty() || open.getLast() < now)) open.addLast(now);
    }

    /** An answer came to the beat that was sent then. */
    void heard(String by, long sent) {
        var open = unanswered.get(by);
        while (open != null && !open.isEmpty() && open.getFirst() <= sent) open.removeFirst();
    }

    /** True too for the first beats, which nobody can have answered yet. */
    boolean hears(String by, long now) {
        var open = unanswered.get(by);
        return open == null || open.isEmpty() || now - open.getFirst() <= OVERDUE_NANOS;
    }

    /** The host itself stood still: what has come in meanwhile may still have to be read. */
    void stoodStill() {
        unanswered.clear();
    }
}
