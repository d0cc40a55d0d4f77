package regie.agent.lease;

import java.time.Duration;

/** How long a host may go on without being granted anything; declared for each server. */
public enum LeaseProfile {
    /** Pauses and blips shorter than eight seconds cost no guest. */
    SAFE(Duration.ofSeconds(8), Duration.ofSeconds(2)),
    /** For sites whose network and machines were measured fit for it. */
    FAST(Duration.ofSeconds(1), Duration.ofMillis(300)),
    /** No lease: guests run whatever is heard, and only a BMC or an operator can tell that they don't. */
    NONE(Duration.ZERO, Duration.ZERO);

    /** Between two beats to a voter. */
    public static final Duration BEAT = Duration.ofMillis(200);

    private final Duration hold;
    private final Duration stop;

    LeaseProfile(Duration hold, Duration stop) {
        this.hold = hold;
        this.stop = stop;
    }

    /** Guests may run for so long after the sending of the newest beat that was granted. */
    public Duration hold() {
        return hold;
    }

    /** After {@link #hold}: how long the ending of the guests may take. */
    public Duration stop() {
        return stop;
    }

    public boolean leased() {
        return this != NONE;
    }

    long holdNanos() {
        return hold.toNanos();
    }

    long lengthNanos() {
        return hold.plus(stop).toNanos();
    }
}
