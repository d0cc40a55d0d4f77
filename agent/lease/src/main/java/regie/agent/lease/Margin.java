package regie.agent.lease;

import java.time.Duration;

/**
 * How much longer than a length of time one waits so that it has passed on another machine's clock too.
 *
 * <p>Clocks may run up to {@code RATE} fast or slow: 1,000 ppm, which is twice what NTP may slew a Linux clock by (500 ppm), and a
 * crystal's own error is below 100. A lease of {@code D} lasts at most {@code D / (1 - RATE)} of true time; {@code W} on one's own clock
 * are at least {@code W / (1 + RATE)}. So one waits {@code W = D × (1 + RATE) / (1 - RATE)}, which is less than {@code D × (1 + 2 ×
 * RATE)} + 50 ms for all lengths here; the 50 ms are also more than the timers and roundings of both sides. After C. Gray and D.
 * Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache consistency", SOSP 1989, section 5: safety
 * needs bounded rates, not equal times.
 */
final class Margin {
    /** Share by which a clock may be off. */
    static final double RATE = 0.001;

    private static final long SLACK_NANOS = Duration.ofMillis(50).toNanos();

    private Margin() {}

    static long on(long lengthNanos) {
        return lengthNanos + (long) Math.ceil(lengthNanos * 2 * RATE) + SLACK_NANOS;
    }
}
