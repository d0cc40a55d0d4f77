package regie.kernel;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Wakes those who wait for a topic. Only a hint: it may be lost or come for nothing, so whoever waits also looks once a second.
 * This one reaches the waiters of this process; {@link DatabaseHints} carries the topics to the other servers.
 */
public class Hints {
    private static final long TURN_MILLIS_MAX = 1_000;

    private final Semaphore turn = new Semaphore(1, true);
    private final Map<String, Set<Runnable>> waiting = new ConcurrentHashMap<>();

    /** @return to be closed by who no longer waits */
    public Subscription on(String topic, Runnable wake) {
        waiting.computeIfAbsent(topic, _ -> new CopyOnWriteArraySet<>()).add(wake);
        return () -> waiting.getOrDefault(topic, Set.of()).remove(wake);
    }

    public void raise(String topic) {
        wake(topic);
    }

    protected final void wake(String topic) {
        waiting.getOrDefault(topic, Set.of()).forEach(Runnable::run);
    }

    protected final void wakeAll() {
        waiting.keySet().forEach(this::wake);
    }

    /**
     * Does what nobody asked for, one such thing after the other: a room at rest needs one connection to its database then, and
     * not one for each of its loops. What takes long holds the others up only for a moment.
     */
    final <T> T unasked(Supplier<T> pass) {
        boolean mine = awaitTurn();
        try {
            return pass.get();
        } finally {
            if (mine) turn.release();
        }
    }

    private boolean awaitTurn() {
        try {
            return turn.tryAcquire(TURN_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
