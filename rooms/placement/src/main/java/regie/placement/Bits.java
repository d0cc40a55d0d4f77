package regie.placement;

/** Sets of hosts: a bit for each, by its rank. Sets that meet are of one length. */
final class Bits {
    private Bits() {}

    static int words(int bits) {
        return (bits + 63) >>> 6;
    }

    static boolean has(long[] set, int bit) {
        return (set[bit >>> 6] & (1L << bit)) != 0;
    }

    static void set(long[] set, int bit) {
        set[bit >>> 6] |= 1L << bit;
    }

    static void clear(long[] set, int bit) {
        set[bit >>> 6] &= ~(1L << bit);
    }

    static void copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    static void and(long[] set, long[] other) {
        for (int at = 0; at < set.length; at++) set[at] &= other[at];
    }

    static void andNot(long[] set, long[] other) {
        for (int at = 0; at < set.length; at++) set[at] &= ~other[at];
    }

    static void or(long[] set, long[] other) {
        for (int at = 0; at < set.length; at++) set[at] |= other[at];
    }

    static boolean isEmpty(long[] set) {
        for (long word : set) if (word != 0) return false;
        return true;
    }

    static int count(long[] set) {
        int count = 0;
        for (long word : set) count += Long.bitCount(word);
        return count;
    }

    /** The first at or after {@code from}; -1 where there is none. */
    static int next(long[] set, int from) {
        int at = from >>> 6;
        if (at >= set.length) return -1;
        long word = set[at] & -1L << from;
        while (word == 0) {
            if (++at == set.length) return -1;
            word = set[at];
        }
        return (at << 6) + Long.numberOfTrailingZeros(word);
    }
}
