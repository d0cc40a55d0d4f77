package regie.placement;

/**
 * Goes through a set of hosts from the fullest up, or from the emptiest down: by threads, then by memory, each of the node where
 * the guest would go, else of the whole host. Hosts that stand on the same rungs come by rank.
 */
final class Ordered {
    private final HostIndex index;
    private final Roomy roomy;
    private long[][] sets = new long[0][];
    private long[][] equals = new long[0][];
    private int count;
    private boolean rising;
    private int pageMiB;
    private int threads;
    private int memory;

    Ordered(HostIndex index, Roomy roomy) {
        this.index = index;
        this.roomy = roomy;
    }

    void start(long[] set, Guest guest) {
        count = roomy.byNode() ? index.nodes() : 1;
        if (sets.length < count || sets[0].length != set.length) {
            sets = new long[count][set.length];
            equals = new long[count][set.length];
        }
        for (int each = 0; each < count; each++) {
            Bits.copy(set, sets[each]);
            if (roomy.byNode()) Bits.and(sets[each], roomy.plane(each));
        }
        rising = guest.rules().packing() == Packing.PACK;
        pageMiB = guest.shape().pageMiB();
        threads = -1;
        memory = -1;
    }

    /** The rank of the next host; -1 at the end. */
    int next() {
        while (true) {
            if (memory < 0 && !findThreads()) return -1;
            int rank = first();
            if (rank >= 0) {
                for (int each = 0; each < count; each++) {
                    Bits.clear(sets[each], rank);
                    Bits.clear(equals[each], rank);
                }
                return rank;
            }
            memory = -1;
            if (threads >= 0) findMemory();
        }
    }

    private int first() {
        int first = -1;
        for (int each = 0; each < count; each++) {
            int rank = memory(each).first(equals[each], memory);
            if (rank >= 0 && (first < 0 || rank < first)) first = rank;
        }
        return first;
    }

    /** The next rung of threads, and those who stand on it. */
    private boolean findThreads() {
        threads = -1;
        for (int each = 0; each < count; each++) threads = better(threads, end(threads(each), sets[each]));
        if (threads < 0) return false;
        for (int each = 0; each < count; each++) threads(each).only(sets[each], threads, equals[each]);
        findMemory();
        return true;
    }

    private void findMemory() {
        memory = -1;
        for (int each = 0; each < count; each++) memory = better(memory, end(memory(each), equals[each]));
    }

    private int end(Ladder ladder, long[] set) {
        return rising ? ladder.lowest(set) : ladder.highest(set);
    }

    private int better(int one, int other) {
        if (one < 0 || other < 0) return Math.max(one, other);
        return rising ? Math.min(one, other) : Math.max(one, other);
    }

    private Ladder threads(int each) {
        return index.ladders().threads(roomy.byNode() ? each : Slot.WHOLE).orElseThrow();
    }

    /** Ordinary memory where there are too many sizes of pages: then it is no more than an order. */
    private Ladder memory(int each) {
        int node = roomy.byNode() ? each : Slot.WHOLE;
        var ladders = index.ladders();
        return ladders.memory(node, pageMiB).or(() -> ladders.memory(node, 0)).orElseThrow();
    }
}
