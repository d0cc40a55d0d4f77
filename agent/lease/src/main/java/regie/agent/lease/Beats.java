package regie.agent.lease;

import java.util.Optional;

/** When the host's newest beats were sent. */
final class Beats {
    /** An answer to an older one comes too late to matter: the longest lease is 50 beats. */
    private static final int KEPT = 128;

    private final long incarnation;
    private final long[] sent = new long[KEPT];
    private long sequence;

    Beats(long incarnation) {
        this.incarnation = incarnation;
    }

    void next(long now) {
        sequence++;
        sent[(int) (sequence % KEPT)] = now;
    }

    long incarnation() {
        return incarnation;
    }

    long sequence() {
        return sequence;
    }

    Optional<Long> sent(long number) {
        return number < 1 || number > sequence || number <= sequence - KEPT
                ? Optional.empty()
                : Optional.of(sent[(int) (number % KEPT)]);
    }
}
