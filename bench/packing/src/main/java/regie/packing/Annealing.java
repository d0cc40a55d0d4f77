package regie.packing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Simulated annealing over shifts of one process and swaps of two. Steps that cost more are taken too, the less likely the more
 * they cost and the later it is; what was best on the way is kept.
 */
final class Annealing {
    private static final int SAMPLES = 4_096;
    /** Steps between two looks at the clock. */
    private static final int STEPS = 256;
    /** Of a hundred steps, so many are swaps. */
    private static final int SWAPS = 30;
    /** The last temperature, as a share of the first. */
    private static final double COOLING = 1e-6;

    private static final double COLDEST = 0.1;

    private final ReassignState state;
    private final int processes;
    private final int machines;
    private final SplittableRandom random;
    private int[] best;
    private long bestCost;

    Annealing(ReassignModel model, int[] start, int[] from, long seed) {
        state = new ReassignState(model, start);
        state.become(from);
        processes = model.processes();
        machines = model.machines();
        random = new SplittableRandom(seed);
        best = state.assignment();
        bestCost = state.cost();
    }

    int[] best() {
        return best;
    }

    long bestCost() {
        return bestCost;
    }

    /**
     * @param heat the first temperature, in median changes of the cost by one shift
     * @param elapsed share of the time that has gone; ends at 1
     */
    void run(double heat, DoubleSupplier elapsed) {
        double hot = Math.max(COLDEST, heat * median());
        double cold = Math.max(COLDEST, hot * COOLING);
        for (double gone = elapsed.getAsDouble(); gone < 1; gone = elapsed.getAsDouble()) {
            double temperature = hot * Math.pow(cold / hot, gone);
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(100) < SWAPS) swap(temperature);
                else shift(temperature);
            }
        }
        keep();
    }

    private void shift(double temperature) {
        int process = random.nextInt(processes);
        int to = random.nextInt(machines);
        long delta = state.shiftDelta(process, to);
        if (!accepted(delta, temperature)) return;
        if (delta > 0) keep();
        state.shift(process, to);
    }

    private void swap(double temperature) {
        int one = random.nextInt(processes);
        int other = random.nextInt(processes);
        long delta = state.swapDelta(one, other);
        if (!accepted(delta, temperature)) return;
        if (delta > 0) keep();
        state.swap(one, other);
    }

    private boolean accepted(long delta, double temperature) {
        if (delta == ReassignState.NEVER) return false;
        return delta <= 0 || random.nextDouble() < Math.exp(-delta / temperature);
    }

    private void keep() {
        if (state.cost() >= bestCost) return;
        best = state.assignment();
        bestCost = state.cost();
    }

    /** Of what a shift would change the cost by, up or down. */
    private double median() {
        var changes = new long[SAMPLES];
        int count = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            long delta = state.shiftDelta(random.nextInt(processes), random.nextInt(machines));
            if (delta != ReassignState.NEVER && delta != 0) changes[count++] = Math.abs(delta);
        }
        Arrays.sort(changes, 0, count);
        return count == 0 ? 1 : changes[count / 2];
    }
}
