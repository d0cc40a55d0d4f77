package regie.engine.simulated;

import java.time.Instant;
import java.util.PriorityQueue;
import regie.agent.contract.Timeline;

/**
 * Time that passes only when it is told to. What is due runs on the caller's thread, in the order of its time and, at the
 * same time, of its asking: one run is like the other. For one thread.
 */
public final class VirtualTimeline implements Timeline {
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long now;
    private long asked;

    /** It is 0 o'clock and nothing is due. */
    public VirtualTimeline() {}

    @Override
    public long nowMillis() {
        return now;
    }

    /** The calendar begins with the year 2000. */
    @Override
    public Instant calendar() {
        return Instant.parse("2000-01-01T00:00:00Z").plusMillis(now);
    }

    @Override
    public Pending after(long delayMillis, Runnable action) {
        var entry = new Due(now + Math.max(0, delayMillis), asked++, action);
        due.add(entry);
        return () -> due.remove(entry);
    }

    /** Time passes for everybody while the caller waits. */
    @Override
    public void pause(long millis) {
        advance(millis);
    }

    /** Lets {@code millis} pass and runs all that falls due in them, what that puts off included. */
    public void advance(long millis) {
        long until = now + millis;
        while (true) {
            var next = due.peek();
            if (next == null || next.at > until) break;
            due.remove();
            now = Math.max(now, next.at);
            next.action.run();
        }
        now = Math.max(now, until);
    }

    private record Due(long at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }
}
