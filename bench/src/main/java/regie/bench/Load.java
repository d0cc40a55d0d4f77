package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import regie.kernel.Clock;
import regie.lab.Stopwatch;

/**
 * Clients that ask one thing after the other, all at the same time.
 *
 * @param perSecond what all of them together had done in a second
 * @param millis how long each request took
 */
record Load(double perSecond, Samples millis) {

    /** One request of a client; throws where the answer is not the expected one. */
    interface Asking {
        /** @param number of the request, among all of this run; no two have the same */
        void ask(KeptConnection connection, long number) throws IOException;
    }

    /** Where connections come from. */
    interface Door {
        KeptConnection open() throws IOException;
    }

    /**
     * Has {@code clients} ask for {@code seconds}.
     *
     * @param each how many things one request does
     */
    static Load run(Door door, int clients, double seconds, int each, Asking asking)
            throws IOException, InterruptedException {
        var numbers = new AtomicLong();
        var watch = new Stopwatch();
        var millis = together(clients, () -> {
            try (var connection = door.open()) {
                return client(connection, watch, seconds, numbers, asking);
            }
        });
        var all = millis.stream().flatMap(List::stream).toList();
        return new Load(all.size() * (double) each / watch.seconds(), Samples.of(all));
    }

    /** Has {@code clients} do the same at the same time. */
    static <R> List<R> together(int clients, Callable<R> work) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var running = new ArrayList<Future<R>>();
            for (int at = 0; at < clients; at++) running.add(threads.submit(work));
            var results = new ArrayList<R>();
            for (var one : running) results.add(one.get());
            return results;
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e, e);
        }
    }

    private static List<Double> client(
            KeptConnection connection, Stopwatch watch, double seconds, AtomicLong numbers, Asking asking)
            throws IOException {
        var millis = new ArrayList<Double>();
        while (watch.seconds() < seconds) {
            long begun = Clock.SYSTEM.nanos();
            asking.ask(connection, numbers.getAndIncrement());
            millis.add((Clock.SYSTEM.nanos() - begun) / (double) TimeUnit.MILLISECONDS.toNanos(1));
        }
        return millis;
    }

    /** @throws IOException where {@code answer} is no success, with what it said */
    static KeptConnection.Answer ok(KeptConnection.Answer answer) throws IOException {
        if (answer.status() / 100 == 2) return answer;
        throw new IOException("answered with %d: %s".formatted(answer.status(), answer.text()));
    }
}
