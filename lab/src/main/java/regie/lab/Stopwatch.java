package regie.lab;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Real time, as real processes take it: the lab's one door to the machine's clock. */
public final class Stopwatch {
    private static final long LOOK_MILLIS = 20;

    private final long start = System.nanoTime();

    /** Runs from now on. */
    public Stopwatch() {}

    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Such as {@code 12.3 s}, right-aligned. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%6.1f s", seconds());
    }

    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    public interface Words {
        String say() throws IOException, InterruptedException;
    }

    /**
     * Looks every 20 ms until {@code condition} holds.
     *
     * @throws IOException with {@code failure} after {@code secondsMax}
     */
    public static void await(long secondsMax, Condition condition, Words failure)
            throws IOException, InterruptedException {
        var watch = new Stopwatch();
        while (!condition.holds()) {
            if (watch.seconds() > secondsMax) throw new IOException(failure.say());
            if (Thread.interrupted()) throw new InterruptedException();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
    }
}
