package regie.kernel;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Wakes those who wait for a topic. Only a hint: it may be lost or come for nothing, so whoever waits also looks once a second.
 * This one reaches the waiters of this process; {@link DatabaseHints} carries the topics to the other servers.
 */
public class Hints {
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

    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
