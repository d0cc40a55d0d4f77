package regie.placement;

/**
 * Which NUMA nodes of a host a shape takes threads and memory of, and how much of each. Every node it takes gives at least one
 * thread and one page, so that the guest can be shown the same nodes.
 *
 * <p>Where several nodes are needed, all sets of them are tried, the smallest first. A host with more than {@value #TRIED_MAX}
 * nodes is searched in one order only: the nodes with most of the wanted cards first, then those with most threads.
 */
final class NodeChoice {
    private static final int TRIED_MAX = 12;
    /** What a thread counts when waste of threads is held against waste of memory: the usual share of a host. */
    private static final long MIB_PER_THREAD = 4096;

    private long[] threads = new long[TRIED_MAX];
    private long[] memory = new long[TRIED_MAX];
    private int[] able = new int[TRIED_MAX];
    private int[] chosen = new int[TRIED_MAX];
    private long[] chosenThreads = new long[TRIED_MAX];
    private long[] chosenMemory = new long[TRIED_MAX];
    private int ables;
    private int count;

    boolean choose(Layout layout, long[] free, Shape shape) {
        look(layout, free, shape);
        if (shape.numaNodes() > 1) return evenly(layout, free, shape);
        return one(layout, free, shape) || (shape.numaNodes() == 0 && split(layout, free, shape));
    }

    int count() {
        return count;
    }

    /** As its place among the layout's nodes. */
    int node(int at) {
        return chosen[at];
    }

    long threads(int at) {
        return chosenThreads[at];
    }

    long memoryMiB(int at) {
        return chosenMemory[at];
    }

    boolean has(int node) {
        for (int at = 0; at < count; at++) if (chosen[at] == node) return true;
        return false;
    }

    /** What each node has, memory in whole pages. */
    private void look(Layout layout, long[] free, Shape shape) {
        int nodes = layout.nodes().length;
        if (threads.length < nodes) grow(nodes);
        var memoryAt = layout.memory(shape.pageMiB());
        long unit = shape.unitMiB();
        for (int node = 0; node < nodes; node++) {
            threads[node] = at(free, layout.threads()[node]);
            long room = at(free, memoryAt[node]);
            memory[node] = unit == 1 ? room : room - room % unit;
        }
        count = 0;
    }

    private void grow(int nodes) {
        threads = new long[nodes];
        memory = new long[nodes];
        able = new int[nodes];
        chosen = new int[nodes];
        chosenThreads = new long[nodes];
        chosenMemory = new long[nodes];
    }

    private static long at(long[] free, int position) {
        return position == Layout.MISSING ? 0 : Math.max(0, free[position]);
    }

    /** The node that is left with least, of those that have the wanted cards or, where none are wanted, no cards. */
    private boolean one(Layout layout, long[] free, Shape shape) {
        int best = Layout.MISSING;
        long bestCost = Long.MAX_VALUE;
        for (int node = 0; node < layout.nodes().length; node++) {
            if (threads[node] < shape.vcpus() || memory[node] < shape.memoryMiB()) continue;
            if (shape.gpusNear() && !near(layout, free, shape, 1L << node)) continue;
            long cost = cost(layout, free, shape, node);
            if (cost < bestCost) {
                best = node;
                bestCost = cost;
            }
        }
        if (best == Layout.MISSING) return false;
        add(best, shape.vcpus(), shape.memoryMiB());
        return true;
    }

    private boolean evenly(Layout layout, long[] free, Shape shape) {
        int wanted = shape.numaNodes();
        long threadsEach = shape.vcpus() / wanted;
        long memoryEach = shape.memoryMiB() / wanted;
        able(layout, threadsEach, memoryEach);
        long best = set(layout, free, shape, wanted, false);
        if (best == 0) return false;
        for (int node = 0; node < layout.nodes().length; node++) {
            if ((best & (1L << node)) != 0) add(node, threadsEach, memoryEach);
        }
        return true;
    }

    private boolean split(Layout layout, long[] free, Shape shape) {
        able(layout, 1, shape.unitMiB());
        long pages = shape.memoryMiB() / shape.unitMiB();
        int most = (int) Math.min(ables, Math.min(shape.vcpus(), pages));
        if (most < 2 || !enough(shape, all())) return false;
        for (int wanted = 2; wanted <= most; wanted++) {
            long best = set(layout, free, shape, wanted, true);
            if (best == 0) continue;
            share(layout, shape, best);
            return true;
        }
        return false;
    }

    /** Keeps the nodes that give at least so much; those that come first are tried first. */
    private void able(Layout layout, long leastThreads, long leastMemory) {
        ables = 0;
        for (int node = 0; node < layout.nodes().length; node++) {
            if (threads[node] >= leastThreads && memory[node] >= leastMemory) able[ables++] = node;
        }
    }

    private long all() {
        long all = 0;
        for (int at = 0; at < ables; at++) all |= 1L << able[at];
        return all;
    }

    /** The set of {@code wanted} able nodes that costs least; 0 where none suits. A set has a bit for each node. */
    private long set(Layout layout, long[] free, Shape shape, int wanted, boolean summed) {
        if (ables < wanted) return 0;
        if (ables > TRIED_MAX) return inOrder(layout, free, shape, wanted, summed);
        long best = 0;
        long bestCost = Long.MAX_VALUE;
        for (long picks = (1L << wanted) - 1; picks < 1L << ables; picks = next(picks)) {
            long set = 0;
            long cost = 0;
            for (int at = 0; at < ables; at++) {
                if ((picks & (1L << at)) == 0) continue;
                set |= 1L << able[at];
                cost += cost(layout, free, shape, able[at]);
            }
            if (cost < bestCost && suits(layout, free, shape, set, summed)) {
                best = set;
                bestCost = cost;
            }
        }
        return best;
    }

    /** The next larger number with as many bits (Gosper). */
    private static long next(long picks) {
        long low = picks & -picks;
        long high = picks + low;
        return high | ((picks ^ high) >>> 2) / low;
    }

    private long inOrder(Layout layout, long[] free, Shape shape, int wanted, boolean summed) {
        var order = new java.util.ArrayList<Integer>();
        for (int at = 0; at < ables; at++) order.add(able[at]);
        order.sort(java.util.Comparator.<Integer>comparingLong(node -> -has(layout, free, shape, node))
                .thenComparingLong(node -> -threads[node]));
        long set = 0;
        for (int node : order.subList(0, wanted)) set |= 1L << node;
        return suits(layout, free, shape, set, summed) ? set : 0;
    }

    private boolean suits(Layout layout, long[] free, Shape shape, long set, boolean summed) {
        return (!summed || enough(shape, set)) && (!shape.gpusNear() || near(layout, free, shape, set));
    }

    private boolean enough(Shape shape, long set) {
        long allThreads = 0;
        long allMemory = 0;
        for (int at = 0; at < ables; at++) {
            int node = able[at];
            if ((set & (1L << node)) == 0) continue;
            allThreads += threads[node];
            allMemory += memory[node];
        }
        return allThreads >= shape.vcpus() && allMemory >= shape.memoryMiB();
    }

    private static boolean near(Layout layout, long[] free, Shape shape, long set) {
        for (var wanted : shape.gpus()) {
            var cards = layout.cards(wanted.model());
            if (cards.isEmpty()) return false;
            long there = 0;
            var near = cards.get().near();
            for (int node = 0; node < near.length; node++) if ((set & (1L << node)) != 0) there += at(free, near[node]);
            if (there < wanted.count()) return false;
        }
        return true;
    }

    /** What would be wasted: far cards, then cards that nobody wants, then what is left of threads and memory. */
    private long cost(Layout layout, long[] free, Shape shape, int node) {
        long left = threads[node] * MIB_PER_THREAD + memory[node];
        if (layout.cards().isEmpty()) return left;
        if (shape.gpus().isEmpty()) return (any(layout, free, node) << 48) + left;
        return ((64 - Math.min(64, has(layout, free, shape, node))) << 48) + left;
    }

    private static long any(Layout layout, long[] free, int node) {
        long there = 0;
        for (var cards : layout.cards().values()) there += at(free, cards.near()[node]);
        return Math.min(64, there);
    }

    /** How many of the wanted cards hang on {@code node}. */
    private static long has(Layout layout, long[] free, Shape shape, int node) {
        long there = 0;
        for (var wanted : shape.gpus()) {
            var cards = layout.cards(wanted.model());
            if (cards.isPresent())
                there += Math.min(wanted.count(), at(free, cards.get().near()[node]));
        }
        return there;
    }

    /** As evenly as the nodes of {@code set} allow. */
    private void share(Layout layout, Shape shape, long set) {
        for (int node = 0; node < layout.nodes().length; node++) {
            if ((set & (1L << node)) != 0) add(node, 0, 0);
        }
        pour(shape.vcpus(), 1, threads, chosenThreads);
        pour(shape.memoryMiB(), shape.unitMiB(), memory, chosenMemory);
    }

    /**
     * Each of the chosen nodes gives an even share of what is still wanted, or all that it has. From the emptiest up, this comes
     * out wherever all together have enough.
     */
    private void pour(long wanted, long unit, long[] has, long[] gives) {
        long missing = wanted / unit;
        for (int turn = 0; turn < count; turn++) {
            int least = Layout.MISSING;
            for (int at = 0; at < count; at++) {
                if (gives[at] == 0 && (least == Layout.MISSING || has[chosen[at]] < has[chosen[least]])) least = at;
            }
            long given = Math.min(has[chosen[least]] / unit, missing / (count - turn));
            gives[least] = given * unit;
            missing -= given;
        }
    }

    private void add(int node, long threadsGiven, long memoryGiven) {
        chosen[count] = node;
        chosenThreads[count] = threadsGiven;
        chosenMemory[count] = memoryGiven;
        count++;
    }
}
