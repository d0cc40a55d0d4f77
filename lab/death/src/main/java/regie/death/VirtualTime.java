package regie.death;

import java.util.PriorityQueue;

/** What happens when; true time, which nobody in the play can read. In nanoseconds. */
final class VirtualTime {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;

    private final PriorityQueue<Event> queue = new PriorityQueue<>(1024);
    private long now;
    private long order;
    private long hash = 0x5eed;

    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    long now() {
        return now;
    }

    /** Of all that has happened so far, in its order. */
    long hash() {
        return hash;
    }

    long events() {
        return order;
    }

    void at(long when, Runnable what) {
        queue.add(new Event(Math.max(when, now), order++, what));
    }

    void after(long nanos, Runnable what) {
        at(now + nanos, what);
    }

    void run(long until, Runnable afterEach) {
        while (!queue.isEmpty() && queue.peek().at <= until) {
            var event = queue.remove();
            now = event.at;
            mix(event.at);
            mix(event.order);
            event.what.run();
            afterEach.run();
        }
        now = until;
    }

    void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
    }
}
