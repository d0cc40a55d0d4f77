package regie.placement;

import java.util.Arrays;

/**
 * Finds the next refuge, in their order, that may have room: a tree whose nodes know the most that any of the refuges below has
 * free of each resource. What it passes over has too little; what it finds may still have it on the wrong NUMA nodes.
 */
final class RoomTree {
    private static final int KINDS = 5;

    private int leaves = 64;
    private long[] most = new long[2 * leaves * KINDS];

    /**
     * @param free without what guests have; what is held counts as free
     * @param size how many slots the layout has; {@code free} may be longer
     */
    void set(int order, Layout layout, long[] free, int size) {
        while (order >= leaves) grow();
        int at = (leaves + order) * KINDS;
        Arrays.fill(most, at, at + KINDS, 0);
        for (int position = 0; position < size; position++) {
            int kind = kind(layout.slot(position).resource());
            if (kind >= 0) most[at + kind] += Math.max(0, free[position]);
        }
        climb(order);
    }

    void clear(int order) {
        if (order >= leaves) return;
        Arrays.fill(most, (leaves + order) * KINDS, (leaves + order + 1) * KINDS, -1);
        climb(order);
    }

    /** The first from {@code order} on that may have room for {@code shape}; -1 where none has. */
    int next(int order, Shape shape) {
        if (order >= leaves) return -1;
        int node = leaves + order;
        while (true) {
            if (enough(node, shape)) {
                if (node >= leaves) return node - leaves;
                node *= 2;
            } else {
                // Past everything below this node: to the next on its right, as far up as need be.
                while ((node & 1) == 1) node /= 2;
                if (node == 0) return -1;
                node++;
            }
        }
    }

    /** Each resource may be found below a node without all being found at one leaf. */
    private boolean enough(int node, Shape shape) {
        int at = node * KINDS;
        long memory = shape.memoryMiB();
        return most[at] >= shape.vcpus()
                && (shape.pageMiB() == 0 ? most[at + 1] >= memory : most[at + 2] >= memory)
                && (shape.gpus().isEmpty() || most[at + 3] > 0)
                && most[at + 4] >= shape.virtualFunctions();
    }

    /** As far up as it makes a difference. */
    private void climb(int order) {
        for (int node = (leaves + order) / 2; node > 0 && raise(node); node /= 2) {}
    }

    /** Whether that changed the node. */
    private boolean raise(int node) {
        int at = node * KINDS;
        int left = 2 * at;
        boolean changed = false;
        for (int kind = 0; kind < KINDS; kind++) {
            long now = Math.max(most[left + kind], most[left + KINDS + kind]);
            changed |= now != most[at + kind];
            most[at + kind] = now;
        }
        return changed;
    }

    private void grow() {
        var old = most;
        int had = leaves;
        leaves *= 2;
        most = new long[2 * leaves * KINDS];
        System.arraycopy(old, had * KINDS, most, leaves * KINDS, had * KINDS);
        for (int node = leaves - 1; node > 0; node--) raise(node);
    }

    private static int kind(Resource resource) {
        return switch (resource) {
            case THREADS -> 0;
            case MEMORY_MIB -> 1;
            case HUGEPAGES_MIB -> 2;
            case GPUS -> 3;
            case VIRTUAL_FUNCTIONS -> 4;
            case DISK_GIB, BANDWIDTH_MBPS -> -1;
        };
    }
}
