package regie.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Asks one address again and again for an ICMP echo, and notes when an answer comes. Each question is asked in its time, whether or not
 * those before were answered: what is measured is the address, and not the prober's patience. Needs root.
 */
final class Prober implements AutoCloseable {
    static final long EVERY_MILLIS = 20;
    /** Few are under way at a time: each has a socket that hears the answers to all, and many would take the processors that they measure. */
    private static final int PATIENCE_MILLIS = 250;

    private final InetAddress address;
    private final Stopwatch watch;
    private final List<Double> answers = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Prober(InetAddress address, Stopwatch watch) {
        this.address = address;
        this.watch = watch;
    }

    /** @param watch by which moments are told */
    static Prober start(String address, Stopwatch watch) throws IOException {
        var prober = new Prober(InetAddress.getByName(address), watch);
        Thread.ofPlatform().daemon().name("prober").start(prober::askOnAndOn);
        return prober;
    }

    private void askOnAndOn() {
        try (threads) {
            while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) threads.execute(this::ask);
            threads.shutdownNow();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Any answer of that address serves, also one to a later question: it answers at that moment. */
    private void ask() {
        try {
            if (address.isReachable(PATIENCE_MILLIS)) answers.add(watch.seconds());
        } catch (IOException lost) {
            // no answer, which is what is counted
        }
    }

    /** The longest time without an answer between two moments in seconds; in milliseconds. */
    double longestGapMillis(double from, double until) {
        var sorted = new ArrayList<Double>();
        synchronized (answers) {
            sorted.addAll(answers);
        }
        Collections.sort(sorted);
        double longest = 0;
        double last = from;
        for (double answer : sorted) {
            if (answer < from || answer > until) continue;
            longest = Math.max(longest, answer - last);
            last = answer;
        }
        return Math.max(longest, until - last) * 1e3;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
