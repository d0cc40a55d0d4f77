package regie.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time, injected so that a simulation can run it. Only {@link #SYSTEM} reads the machine's clocks. */
public interface Clock {
    Clock SYSTEM = new Clock() {
        @Override
        public Instant now() {
            return Instant.now().truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    /** Wall clock in whole microseconds, which is what PostgreSQL keeps: a value read back equals the one written. */
    Instant now();

    /** Monotonic, in nanoseconds since some moment: for lengths of time only. */
    long nanos();
}
