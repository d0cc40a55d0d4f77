package regie.placement;

import java.util.Arrays;

/**
 * How long guests live, learned from those that were seen so far: the ended ones, and the ages of those that still run. Time is
 * in steps of any length. Nothing is known of a guest but its kinds, from the most special to the most general, which stand for
 * whatever was known when it came; where few of a special kind were seen, the next more general one decides.
 *
 * <p>What is estimated is the hazard by age, the chance to end within the next step, as a rate for each span of ages
 * ({@link #AGES}). A guest that has lived long is therefore expected to live long, as far as others of its kind did.
 */
public final class Lifetimes {
    /** Where spans of ages begin, in steps; the last has no end. */
    private static final int[] AGES = {
        0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 18, 24, 36, 48, 60, 72, 96, 120, 144, 192, 240, 288, 576, 864
    };
    /** Guest-steps of the more general kind that count as much as all that was seen of the special one. */
    private static final double PRIOR_STEPS = 20;

    private static final double FIRST_GUESS = 0.02;
    private static final double HAZARD_MAX = 0.98;

    private final double[][] lived;
    private final double[][] ended;
    private final double[][] hazard;
    /** Of the hazard, as a rate of exponential decay, by span. */
    private final double[][] rate;
    /** Rates summed up from birth to the beginning of each span. */
    private final double[][] exposed;

    /** @param kinds how many there are, numbered from 0; each is more general than what is named before it in any chain */
    public Lifetimes(int kinds) {
        Wrong.unless(kinds >= 1, "kinds", kinds, "at least 1");
        lived = new double[kinds][AGES.length];
        ended = new double[kinds][AGES.length];
        hazard = new double[kinds][AGES.length];
        rate = new double[kinds][AGES.length];
        exposed = new double[kinds][AGES.length];
        for (int kind = 0; kind < kinds; kind++) {
            Arrays.fill(hazard[kind], FIRST_GUESS);
            sumUp(kind);
        }
    }

    /**
     * A guest ran from {@code age} steps to one step more, or ended on the way.
     *
     * @param kinds of the guest, the most special first
     */
    public void seen(int[] kinds, int age, boolean end) {
        int span = span(age);
        for (int kind : kinds) {
            lived[kind][span]++;
            if (end) ended[kind][span]++;
        }
    }

    /** Takes up what was seen of the kinds of one chain since the last time. More general chains first. */
    public void learn(int[] kinds) {
        for (int at = kinds.length - 1; at >= 0; at--) {
            int kind = kinds[at];
            boolean general = at == kinds.length - 1;
            for (int span = 0; span < AGES.length; span++) {
                double prior = general ? FIRST_GUESS : hazard[kinds[at + 1]][span];
                double weight = general ? 1 : PRIOR_STEPS;
                hazard[kind][span] = (ended[kind][span] + weight * prior) / (lived[kind][span] + weight);
            }
            sumUp(kind);
        }
    }

    /** The chance that a guest of this most special kind, {@code age} steps old, still runs {@code more} steps later. */
    public double survival(int kind, int age, int more) {
        return Math.exp(exposure(kind, age) - exposure(kind, age + more));
    }

    private void sumUp(int kind) {
        double sum = 0;
        for (int span = 0; span < AGES.length; span++) {
            rate[kind][span] = -Math.log1p(-Math.min(HAZARD_MAX, hazard[kind][span]));
            exposed[kind][span] = sum;
            if (span + 1 < AGES.length) sum += (AGES[span + 1] - AGES[span]) * rate[kind][span];
        }
    }

    private double exposure(int kind, int age) {
        int span = span(age);
        return exposed[kind][span] + (age - AGES[span]) * rate[kind][span];
    }

    private static int span(int age) {
        int found = Arrays.binarySearch(AGES, age);
        return found >= 0 ? found : -found - 2;
    }
}
