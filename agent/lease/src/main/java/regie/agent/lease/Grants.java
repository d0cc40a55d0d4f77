package regie.agent.lease;

import java.util.HashMap;
import java.util.Map;

/** When whom was last granted something, by one that grants. */
final class Grants {
    private static final int HOSTS_MAX = 20_000;

    private final Map<String, Long> last = new HashMap<>();

    /** Whoever is not in {@code last} was granted nothing after this. */
    private long before;

    Grants(long start) {
        this.before = start;
    }

    void granted(String host, long now) {
        if (last.size() >= HOSTS_MAX) {
            last.clear();
            before = now;
        }
        last.put(host, now);
    }

    long elapsed(String host, long now) {
        return now - last.getOrDefault(host, before);
    }
}
