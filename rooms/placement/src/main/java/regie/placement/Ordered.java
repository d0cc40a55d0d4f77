package regie.placement;

/**
 * Goes through a set of hosts from the fullest up, or from the emptiest down, by threads: those of the node where the guest would
 * go, else those of the whole host. Hosts that are equal come by rank.
 */
final class Ordered {
    private final HostIndex index;
    private final Roomy roomy;
    private long[][] sets = new long[0][];
    private int count;
    private boolean rising;
    private int level;
    private int at;
    private int from;

    Ordered(HostIndex index, Roomy roomy) {
        this.index = index;
        this.roomy = roomy;
    }

    void start(long[] set, Packing packing) {
        count = roomy.byNode() ? index.nodes() : 1;
        if (sets.length < count || sets[0].length != set.length) sets = new long[count][set.length];
        for (int each = 0; each < count; each++) {
            Bits.copy(set, sets[each]);
            if (roomy.byNode()) Bits.and(sets[each], roomy.plane(each));
        }
        rising = packing == Packing.PACK;
        level = -1;
    }

    /** The rank of the next host; -1 at the end. */
    int next() {
        while (true) {
            if (level < 0 && !findLevel()) return -1;
            for (; at < count; at++, from = 0) {
                int rank = ladder(at).next(sets[at], level, from);
                if (rank < 0) continue;
                from = rank;
                for (int each = 0; each < count; each++) Bits.clear(sets[each], rank);
                return rank;
            }
            level = -1;
        }
    }

    private boolean findLevel() {
        for (int each = 0; each < count; each++) {
            int found = rising ? ladder(each).lowest(sets[each]) : ladder(each).highest(sets[each]);
            if (found >= 0 && (level < 0 || (rising ? found < level : found > level))) level = found;
        }
        at = 0;
        from = 0;
        return level >= 0;
    }

    private Ladder ladder(int each) {
        var ladders = index.ladders();
        return (roomy.byNode() ? ladders.threads(each) : ladders.allThreads()).orElseThrow();
    }
}
