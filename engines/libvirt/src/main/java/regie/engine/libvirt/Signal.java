package regie.engine.libvirt;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import regie.agent.contract.EngineFault;

/** Wakes those who wait for something about a domain to change. */
final class Signal {
    /** A change may be told to a connection that is just being made anew, and so to nobody. */
    private static final long LOOK_MILLIS = 500;

    interface Condition {
        boolean holds() throws EngineFault, LibvirtError;
    }

    private long changes;

    synchronized void raise() {
        changes++;
        notifyAll();
    }

    /** Returns as soon as {@code condition} holds: true; or false where it does not within {@code patience}. */
    boolean await(Duration patience, Condition condition) throws EngineFault, LibvirtError, InterruptedException {
        long end = millis() + patience.toMillis();
        while (true) {
            long before = changes();
            if (condition.holds()) return true;
            if (millis() >= end) return false;
            awaitChange(before, Math.min(end, millis() + LOOK_MILLIS));
        }
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized void awaitChange(long before, long until) throws InterruptedException {
        for (long left = until - millis(); changes == before && left > 0; left = until - millis()) wait(left);
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
