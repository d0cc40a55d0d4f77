package regie.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a pass again and again: at once where the last one left work, soon after a hint, and at the latest each second.
 * A pass takes no hint of what changed: waking it late, twice, or on two servers comes to the same.
 */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration FLOOR = Duration.ofSeconds(1);

    private final String name;
    private final Duration floor;
    private final Hints hints;
    private final Supplier<Pass> pass;
    private final Semaphore woken = new Semaphore(0);
    private final List<Hints.Subscription> subscriptions = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopping;

    /** What a pass came to. */
    public enum Pass {
        /** It did a full batch; there may be more. */
        MORE,
        /** Nothing more to do now. */
        DONE
    }

    private Loop(String name, Duration floor, Hints hints, Supplier<Pass> pass) {
        this.name = name;
        this.floor = floor;
        this.hints = hints;
        this.pass = pass;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public static Loop start(String name, Hints hints, List<String> topics, Supplier<Pass> pass) {
        return start(name, hints, topics, FLOOR, pass);
    }

    /** @param floor a pass comes at the latest after this */
    static Loop start(String name, Hints hints, List<String> topics, Duration floor, Supplier<Pass> pass) {
        var loop = new Loop(name, floor, hints, pass);
        for (var topic : topics) loop.subscriptions.add(hints.on(topic, loop::wake));
        loop.thread.start();
        return loop;
    }

    /**
     * No wake-up is lost: where a permit is there already, the pass that takes it begins after this. Racing wakers may leave more
     * than one; they are drained together, before that pass.
     */
    private void wake() {
        if (woken.availablePermits() == 0) woken.release();
    }

    private void run() {
        boolean asked = false;
        while (!stopping) {
            var last = asked ? guarded() : hints.unasked(this::guarded);
            asked = last == Pass.MORE || awaitWake();
        }
    }

    private Pass guarded() {
        try {
            return pass.get();
        } catch (Fault e) {
            if (!stopping) LOG.warn("{}: the pass is tried again: {}", name, e.getMessage());
            return Pass.DONE;
        } catch (RuntimeException
                | Error e) { // an Error too may be of one input only; a loop that ended would do nothing for any
            if (!stopping) LOG.error("{}: the pass failed and is tried again", name, e);
            return Pass.DONE;
        }
    }

    /** @return false where nobody woke it and its time has come */
    private boolean awaitWake() {
        try {
            boolean asked = woken.tryAcquire(floor.toMillis(), TimeUnit.MILLISECONDS);
            woken.drainPermits();
            return asked;
        } catch (InterruptedException e) {
            stopping = true;
            return true;
        }
    }

    /** Lets the pass under way come to its end, and starts no other. */
    @Override
    public void close() {
        stopping = true;
        subscriptions.forEach(Hints.Subscription::close);
        wake();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
