package regie.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Threads that begin at one moment, and waiting for what they do. */
public final class Together {
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int LOOKS_MAX = 30_000;

    private Together() {}

    /** Runs {@code work} for 0 to {@code threads} - 1 at once; what one of them throws is thrown here. */
    public static <R> List<R> run(int threads, IntFunction<R> work) {
        var barrier = new CyclicBarrier(threads);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<R>>();
            for (int at = 0; at < threads; at++) {
                int number = at;
                futures.add(executor.submit(() -> {
                    await(barrier);
                    return work.apply(number);
                }));
            }
            var results = new ArrayList<R>();
            for (var future : futures) results.add(result(future));
            return results;
        }
    }

    /** Waits until all have come. */
    public static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) throw thrown;
            throw new AssertionError(e.getCause());
        }
    }

    /** Looks again and again until {@code holds}; after a minute at least it is an error. */
    public static void until(String what, BooleanSupplier holds) {
        for (int look = 0; !holds.getAsBoolean(); look++) {
            if (look == LOOKS_MAX) throw new AssertionError("in vain waited until " + what);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
