package regie.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import regie.lab.Stopwatch;
import regie.placement.checker.SurvivalStorm;

/** Storms of random operations on small estates, each judged by every declared failure. */
final class SurviveStorms implements Lab.Experiment {
    private static final int SEEDS = 1_000;
    private static final int OPERATIONS = 10_000;
    private static final int CHECKS = 10;

    @Override
    public String name() {
        return "survive";
    }

    @Override
    public String arguments() {
        return "[--seeds N] [--first N] [--operations N]";
    }

    @Override
    public String about() {
        return "Plays %,d storms of %,d random changes to small estates; each failure has to bring back all that was promised."
                .formatted(SEEDS, OPERATIONS);
    }

    @Override
    public Result run(List<String> words) throws Arguments.Wrong, IOException {
        var options = Options.of(words, Map.of("--first", 1, "--seeds", SEEDS, "--operations", OPERATIONS));
        return storm(options.number("--first"), options.number("--seeds"), options.number("--operations"));
    }

    private static Result storm(long first, int seeds, int operations) throws IOException {
        var watch = new Stopwatch();
        var broken = new AtomicInteger();
        var failures = new AtomicLong();
        var returned = new AtomicLong();
        var gaps = new AtomicLong();
        LongStream.range(first, first + seeds).parallel().forEach(seed -> {
            try {
                var outcome = new SurvivalStorm(seed).run(operations, Math.max(1, operations / CHECKS));
                failures.addAndGet(outcome.failures());
                returned.addAndGet(outcome.returned());
                gaps.addAndGet(outcome.gaps());
            } catch (SurvivalStorm.Broken wrong) {
                broken.incrementAndGet();
                System.out.printf("seed %d: %s%n", seed, wrong.getMessage());
            }
        });
        if (broken.get() > 0) throw new IOException("%d of %d seeds broke a promise".formatted(broken.get(), seeds));
        return new Result.Builder()
                .figure("seeds", seeds)
                .figure("operations", operations)
                .figure("failures", (double) failures.get())
                .figure("returned", (double) returned.get())
                .figure("gaps", (double) gaps.get())
                .figure("seconds", Math.rint(watch.seconds()))
                .limitedBy("Processor time; seeds are played side by side.");
    }
}
