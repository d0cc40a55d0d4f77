package regie.placement;

/**
 * What a host has too little of for a shape: the first that is missed, in the order host as a whole, then node by node.
 *
 * @param name GPU model, disk pool or page size; empty where it says nothing
 */
record Lack(Kind kind, String name) implements Comparable<Lack> {
    enum Kind {
        THREADS("too few threads"),
        MEMORY("too little memory"),
        PAGES("too little memory in pages of %s MiB"),
        DISK("too little disk in one pool"),
        POOL("too little disk in pool %s"),
        GPUS("too few GPUs of model %s"),
        FUNCTIONS("too few virtual functions on one NIC"),
        BANDWIDTH("too little bandwidth"),
        NODE_THREADS("too few threads on %s"),
        NODE_MEMORY("too little memory on %s"),
        NODE_BOTH("too few threads and memory together on %s"),
        NEAR("too few GPUs of model %s");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Of a host where {@code shape} does not fit. */
    static Lack of(Layout layout, long[] free, Shape shape) {
        var memory = layout.memory(shape.pageMiB());
        if (sum(layout.threads(), free, 1) < shape.vcpus()) return new Lack(Kind.THREADS, "");
        if (sum(memory, free, shape.unitMiB()) < shape.memoryMiB()) return memory(shape);
        if (shape.diskGiB() > 0 && !disk(layout, free, shape)) return pool(shape);
        for (var wanted : shape.gpus()) {
            var cards = layout.cards(wanted.model());
            if (cards.isEmpty() || sum(cards.get().all(), free, 1) < wanted.count())
                return new Lack(Kind.GPUS, wanted.model());
        }
        if (most(layout.nics(), free) < shape.virtualFunctions()) return new Lack(Kind.FUNCTIONS, "");
        if (at(free, layout.bandwidth(), 1) < shape.bandwidthMbps()) return new Lack(Kind.BANDWIDTH, "");
        return onNodes(layout, free, shape);
    }

    String words() {
        return kind.words.formatted(name);
    }

    @Override
    public int compareTo(Lack other) {
        int first = kind.compareTo(other.kind);
        return first != 0 ? first : name.compareTo(other.name);
    }

    private static Lack memory(Shape shape) {
        return shape.pageMiB() == 0
                ? new Lack(Kind.MEMORY, "")
                : new Lack(Kind.PAGES, Integer.toString(shape.pageMiB()));
    }

    private static Lack pool(Shape shape) {
        return shape.pool().isEmpty() ? new Lack(Kind.DISK, "") : new Lack(Kind.POOL, shape.pool());
    }

    private static boolean disk(Layout layout, long[] free, Shape shape) {
        for (int at : layout.pools()) {
            boolean asked = shape.pool().isEmpty()
                    || shape.pool().equals(layout.slot(at).name());
            if (asked && free[at] >= shape.diskGiB()) return true;
        }
        return false;
    }

    private static Lack onNodes(Layout layout, long[] free, Shape shape) {
        int wanted = Math.max(1, shape.numaNodes());
        boolean whole = shape.numaNodes() > 0;
        long threadsEach = whole ? shape.vcpus() / wanted : 1;
        long memoryEach = whole ? shape.memoryMiB() / wanted : shape.unitMiB();
        var memory = layout.memory(shape.pageMiB());
        int enoughThreads = 0;
        int enoughMemory = 0;
        int enoughBoth = 0;
        for (int node = 0; node < layout.nodes().length; node++) {
            boolean threads = at(free, layout.threads()[node], 1) >= threadsEach;
            boolean room = at(free, memory[node], shape.unitMiB()) >= memoryEach;
            if (threads) enoughThreads++;
            if (room) enoughMemory++;
            if (threads && room) enoughBoth++;
        }
        var where = !whole ? "common NUMA nodes" : wanted == 1 ? "one NUMA node" : "%d NUMA nodes".formatted(wanted);
        if (whole && enoughThreads < wanted) return new Lack(Kind.NODE_THREADS, where);
        if (whole && enoughMemory < wanted) return new Lack(Kind.NODE_MEMORY, where);
        if (shape.gpus().isEmpty() || !shape.gpusNear() || enoughBoth < wanted) return new Lack(Kind.NODE_BOTH, where);
        for (var each : shape.gpus()) {
            var near = layout.cards(each.model()).orElseThrow().near();
            if (sum(near, free, 1) < each.count()) return near(each, where);
        }
        return near(shape.gpus().getFirst(), where);
    }

    private static Lack near(Gpus wanted, String where) {
        return new Lack(Kind.NEAR, wanted.model() + " near " + where);
    }

    private static long sum(int[] positions, long[] free, long unit) {
        long sum = 0;
        for (int position : positions) sum += at(free, position, unit);
        return sum;
    }

    private static long most(int[] positions, long[] free) {
        long most = 0;
        for (int position : positions) most = Math.max(most, free[position]);
        return most;
    }

    private static long at(long[] free, int position, long unit) {
        if (position == Layout.MISSING || free[position] <= 0) return 0;
        return free[position] - free[position] % unit;
    }
}
