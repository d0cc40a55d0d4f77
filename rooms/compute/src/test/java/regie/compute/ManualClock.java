package regie.compute;

import java.time.Instant;
import regie.kernel.Clock;

/** Stands still until it is moved on. */
final class ManualClock implements Clock {
    private long micros = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() * 1_000;

    void advanceMillis(long millis) {
        micros += millis * 1_000;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(micros / 1_000).plusNanos(micros % 1_000 * 1_000);
    }

    @Override
    public long nanos() {
        return micros * 1_000;
    }
}
