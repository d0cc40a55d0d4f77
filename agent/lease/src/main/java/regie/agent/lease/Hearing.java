package regie.agent.lease;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Whose answers come through to the host: a line may be broken in one direction alone. */
final class Hearing {
    private static final long LATELY_NANOS = Duration.ofSeconds(1).toNanos();

    /** By whom, the sending of the newest beat that was answered; before the first, that of the first beat to them. */
    private final Map<String, Long> newest = new HashMap<>();

    void heard(String by, long sent) {
        newest.merge(by, sent, Math::max);
    }

    /** True too for the first beats, which nobody can have answered yet. */
    boolean hears(String by, long now) {
        return now - newest.computeIfAbsent(by, _ -> now) <= LATELY_NANOS;
    }
}
