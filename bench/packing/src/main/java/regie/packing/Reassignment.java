package regie.packing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import regie.kernel.Clock;

/**
 * The machine reassignment problem of the ROADEF/EURO challenge 2012: processes are moved between machines so that load, balance
 * and moves together cost little. Two threads search from different heats; then both go on from what was best.
 *
 * @param lowerBound no assignment costs less
 * @param seconds of search
 */
public record Reassignment(long initialCost, long finalCost, long lowerBound, double seconds) {
    private static final double[] HEATS = {0.3, 0.01};
    private static final double SECOND_HEAT = 0.003;
    private static final double FIRST_SHARE = 0.7;

    /**
     * Reads a model and an assignment, and writes a better assignment: feasible, and never dearer than the one that was given.
     *
     * @param out in the form of {@code assignment}; overwritten
     * @throws IOException where a file is missing, malformed, or the assignment infeasible; says what is wrong, and where
     */
    public static Reassignment run(Path modelFile, Path assignment, Path out, Duration time, long seed, Clock clock)
            throws IOException, InterruptedException {
        long begin = clock.nanos();
        var model = ReassignFiles.model(modelFile);
        var start = ReassignFiles.assignment(assignment, model);
        long initial;
        try {
            initial = new ReassignState(model, start).cost();
        } catch (IllegalArgumentException infeasible) {
            throw new Malformed(assignment, "as a whole", "a feasible assignment; " + infeasible.getMessage());
        }
        // Reading counts: who gives a time wants the answer after it.
        double total = Math.max(0.1, time.toNanos() / 1e9 - (clock.nanos() - begin) / 1e9);
        var first = search(model, start, start, seed, HEATS, total * FIRST_SHARE, clock);
        double rest = Math.max(0.05, time.toNanos() / 1e9 - (clock.nanos() - begin) / 1e9);
        var heats = new double[] {SECOND_HEAT, SECOND_HEAT / 10};
        var last = search(model, start, first, seed + HEATS.length, heats, rest, clock);
        ReassignFiles.write(out, last);
        var state = new ReassignState(model, start);
        state.become(last);
        return new Reassignment(initial, state.cost(), model.lowerBound(), (clock.nanos() - begin) / 1e9);
    }

    /** The best of what the threads find. */
    static int[] search(
            ReassignModel model, int[] start, int[] from, long seed, double[] heats, double seconds, Clock clock)
            throws InterruptedException {
        long begin = clock.nanos();
        DoubleSupplier elapsed = () -> (clock.nanos() - begin) / 1e9 / seconds;
        var searches = new ArrayList<Annealing>();
        var runs = new ArrayList<Callable<Annealing>>();
        for (int at = 0; at < heats.length; at++) {
            var search = new Annealing(model, start, from, seed + at);
            double heat = heats[at];
            searches.add(search);
            runs.add(() -> {
                search.run(heat, elapsed);
                return search;
            });
        }
        try (var threads = Executors.newFixedThreadPool(heats.length)) {
            for (var run : threads.invokeAll(runs)) run.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a search ended by a mistake of its own", failed.getCause());
        }
        var best = searches.getFirst();
        for (var each : searches) if (each.bestCost() < best.bestCost()) best = each;
        return best.best();
    }
}
