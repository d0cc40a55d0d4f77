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

    static Lack threads() {
        return new Lack(Kind.THREADS, "");
    }

    static Lack memory(Shape shape) {
        int page = shape.pageMiB();
        return page == 0 ? new Lack(Kind.MEMORY, "") : new Lack(Kind.PAGES, Integer.toString(page));
    }

    static Lack disk(Shape shape) {
        return shape.pool().isEmpty() ? new Lack(Kind.DISK, "") : new Lack(Kind.POOL, shape.pool());
    }

    static Lack cards(Gpus wanted) {
        return new Lack(Kind.GPUS, wanted.model());
    }

    static Lack functions() {
        return new Lack(Kind.FUNCTIONS, "");
    }

    static Lack bandwidth() {
        return new Lack(Kind.BANDWIDTH, "");
    }

    static Lack nodeThreads(Shape shape) {
        return new Lack(Kind.NODE_THREADS, nodes(shape));
    }

    static Lack nodeMemory(Shape shape) {
        return new Lack(Kind.NODE_MEMORY, nodes(shape));
    }

    static Lack nodeBoth(Shape shape) {
        return new Lack(Kind.NODE_BOTH, nodes(shape));
    }

    static Lack near(Shape shape, Gpus wanted) {
        return new Lack(Kind.NEAR, wanted.model() + " near " + nodes(shape));
    }

    private static String nodes(Shape shape) {
        return switch (shape.numaNodes()) {
            case 0 -> "common NUMA nodes";
            case 1 -> "one NUMA node";
            default -> shape.numaNodes() + " NUMA nodes";
        };
    }

    /** Of a host where {@code shape} does not fit. */
    static Lack of(Layout layout, long[] free, Shape shape) {
        var memory = layout.memory(shape.pageMiB());
        if (sum(layout.threads(), free, 1) < shape.vcpus()) return threads();
        if (sum(memory, free, shape.unitMiB()) < shape.memoryMiB()) return memory(shape);
        if (shape.diskGiB() > 0 && !disk(layout, free, shape)) return disk(shape);
        for (var wanted : shape.gpus()) {
            var cards = layout.cards(wanted.model());
            if (cards.isEmpty() || sum(cards.get().all(), free, 1) < wanted.count()) return cards(wanted);
        }
        if (most(layout.nics(), free) < shape.virtualFunctions()) return functions();
        if (at(free, layout.bandwidth(), 1) < shape.bandwidthMbps()) return bandwidth();
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
        if (whole && enoughThreads < wanted) return nodeThreads(shape);
        if (whole && enoughMemory < wanted) return nodeMemory(shape);
        if (shape.gpus().isEmpty() || !shape.gpusNear() || enoughBoth < wanted) return nodeBoth(shape);
        for (var each : shape.gpus()) {
            var near = layout.cards(each.model()).orElseThrow().near();
            if (sum(near, free, 1) < each.count()) return near(shape, each);
        }
        return near(shape, shape.gpus().getFirst());
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
