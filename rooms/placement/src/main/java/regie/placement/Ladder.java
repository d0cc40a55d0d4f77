package regie.placement;

import java.util.Arrays;

/**
 * Hosts by how much they have of one measure: rung after rung the set of those that have at least so much. Up to 64 every number
 * has a rung of its own, above there are eight to a doubling, so that rungs stay few; what stands between two rungs counts as
 * the lower.
 */
final class Ladder {
    private static final int EXACT_BITS = 6;
    private static final int EXACT = 1 << EXACT_BITS;
    private static final int STEP_BITS = 3;

    private final Measure measure;
    private final int words;
    private final int[] levels;
    private long[][] rungs;
    private int top;

    /** What of a host is measured. */
    interface Measure {
        /** Never negative. */
        long of(HostState host);
    }

    /** @param hosts by rank */
    Ladder(Measure measure, HostState[] hosts) {
        this.measure = measure;
        words = Bits.words(hosts.length);
        levels = new int[hosts.length];
        rungs = new long[EXACT][];
        rungs[0] = new long[words];
        for (var host : hosts) {
            Bits.set(rungs[0], host.rank());
            update(host);
        }
    }

    /** The rung where {@code value} stands. */
    static int level(long value) {
        if (value < EXACT) return (int) value;
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int step = (int) (value >>> (octave - STEP_BITS)) & ((1 << STEP_BITS) - 1);
        return EXACT + ((octave - EXACT_BITS) << STEP_BITS) + step;
    }

    void update(HostState host) {
        int rank = host.rank();
        int before = levels[rank];
        int now = level(measure.of(host));
        levels[rank] = now;
        if (now > top) raise(now);
        for (int level = before + 1; level <= now; level++) Bits.set(rungs[level], rank);
        for (int level = before; level > now; level--) Bits.clear(rungs[level], rank);
    }

    private void raise(int level) {
        if (level >= rungs.length) rungs = Arrays.copyOf(rungs, Math.max(level + 1, 2 * rungs.length));
        while (top < level) rungs[++top] = new long[words];
    }

    /** Leaves in {@code set} those that have {@code value} or more, and perhaps some that have a little less. */
    void keepAtLeast(long[] set, long value) {
        int level = level(value);
        if (level > top) Arrays.fill(set, 0);
        else Bits.and(set, rungs[level]);
    }

    /** Leaves in {@code set} those that have less than {@code value}, which is at most 64. */
    void keepBelow(long[] set, int value) {
        if (value <= top) Bits.andNot(set, rungs[value]);
    }

    /** The lowest rung on which one of {@code set} stands; -1 for nobody. */
    int lowest(long[] set) {
        int lowest = -1;
        for (int at = 0; at < words; at++) {
            long word = lowest < 0 ? set[at] : set[at] & ~rungs[lowest][at];
            while (word != 0) {
                // Whoever is left stands lower than all before, so that few are ever looked at.
                lowest = levels[(at << 6) + Long.numberOfTrailingZeros(word)];
                word &= ~rungs[lowest][at];
            }
        }
        return lowest;
    }

    /** The highest rung on which one of {@code set} stands; -1 for nobody. */
    int highest(long[] set) {
        int highest = -1;
        for (int at = 0; at < words && highest < top; at++) {
            long word = set[at] & rungs[highest + 1][at];
            while (word != 0) {
                highest = levels[(at << 6) + Long.numberOfTrailingZeros(word)];
                word = highest < top ? word & rungs[highest + 1][at] : 0;
            }
        }
        return highest;
    }

    /** Puts into {@code found} those of {@code set} that stand on {@code level}. */
    void only(long[] set, int level, long[] found) {
        if (level > top) {
            Arrays.fill(found, 0);
            return;
        }
        Bits.copy(set, found);
        Bits.and(found, rungs[level]);
        if (level < top) Bits.andNot(found, rungs[level + 1]);
    }

    /** The first of {@code set} that stands on {@code level}; -1 for nobody. */
    int first(long[] set, int level) {
        if (level > top) return -1;
        for (int at = 0; at < words; at++) {
            long word = set[at] & rungs[level][at];
            if (level < top) word &= ~rungs[level + 1][at];
            if (word != 0) return (at << 6) + Long.numberOfTrailingZeros(word);
        }
        return -1;
    }
}
