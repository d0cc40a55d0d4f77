package regie.agent.contract;

import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * When things happen on the agent's side of the house: the machine's own time in production, a made-up one where a
 * simulation drives it. Nothing below the control room reads a clock or sleeps by any other way.
 */
public interface Timeline {

    /** Milliseconds since some fixed moment; never goes back and says nothing of the wall clock. */
    long nowMillis();

    /** What the calendar says; only to be held against dates that others set, such as the end of a certificate. */
    Instant calendar();

    /** Runs {@code action} once, {@code delayMillis} from now. It must be short: thousands of hosts share the thread it runs on. */
    Pending after(long delayMillis, Runnable action);

    /**
     * Holds up the caller.
     *
     * @throws InterruptedException where the caller was interrupted meanwhile
     */
    void pause(long millis) throws InterruptedException;

    /** Something that has been put off and has perhaps not happened yet. */
    interface Pending {
        /** Nothing where it has happened already. */
        void cancel();
    }

    /** The machine's own time; what is put off runs on {@code executor}, which the caller shuts down. */
    static Timeline on(ScheduledExecutorService executor) {
        return new Timeline() {
            @Override
            public long nowMillis() {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
            }

            @Override
            public Instant calendar() {
                return Instant.now();
            }

            @Override
            public Pending after(long delayMillis, Runnable action) {
                var future = executor.schedule(action, delayMillis, TimeUnit.MILLISECONDS);
                return () -> future.cancel(false);
            }

            @Override
            public void pause(long millis) throws InterruptedException {
                Thread.sleep(millis);
            }
        };
    }
}
