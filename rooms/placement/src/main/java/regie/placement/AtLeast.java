package regie.placement;

import java.util.Arrays;

/** Who is in how many of several sets, up to a number that is of interest. */
final class AtLeast {
    private long[][] counts = new long[0][];
    private int most;

    /** @param words the length of the sets that will be added */
    void start(int most, int words) {
        this.most = most;
        if (counts.length <= most || counts[0].length != words) counts = new long[most + 1][words];
        for (int many = 1; many <= most; many++) Arrays.fill(counts[many], 0);
    }

    void add(long[] set) {
        for (int many = most; many > 1; many--) {
            var fewer = counts[many - 1];
            var now = counts[many];
            for (int at = 0; at < set.length; at++) now[at] |= fewer[at] & set[at];
        }
        Bits.or(counts[1], set);
    }

    /** Those in at least {@code many} sets, of 1 to the number that is of interest. Good until the next start. */
    long[] in(int many) {
        return counts[many];
    }
}
