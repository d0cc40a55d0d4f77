package regie.placement;

import java.util.Optional;

/**
 * Those of a set of hosts that may have room for a shape, by their ladders. Who is left may still lack a little, for rungs are
 * coarse above 64; who is taken out has certainly too little.
 */
final class Roomy {
    private final HostIndex index;
    private long[][] planes = new long[0][];
    private final AtLeast able = new AtLeast();
    private boolean byNode;

    Roomy(HostIndex index) {
        this.index = index;
    }

    /** By what belongs to the host as a whole. */
    void keepWhole(Shape shape, long[] set) {
        var ladders = index.ladders();
        if (shape.diskGiB() > 0) keep(ladders.disk(), set, shape.diskGiB());
        if (shape.virtualFunctions() > 0) keep(ladders.functions(), set, shape.virtualFunctions());
        if (shape.bandwidthMbps() > 0) keep(ladders.bandwidth(), set, shape.bandwidthMbps());
        for (var wanted : shape.gpus()) keep(ladders.allCards(wanted.model()), set, wanted.count());
    }

    /** By nodes that hold an even share each: as many as the shape wants, or one. */
    void keepNodes(Shape shape, long[] set) {
        int wanted = Math.max(1, shape.numaNodes());
        if (planes.length < index.nodes() || (planes.length > 0 && planes[0].length != set.length)) {
            planes = new long[index.nodes()][set.length];
        }
        able.start(wanted, set.length);
        for (int node = 0; node < index.nodes(); node++) {
            plane(shape, node, wanted, set);
            able.add(planes[node]);
        }
        Bits.and(set, able.in(wanted));
        byNode = wanted == 1;
    }

    /** By what all nodes together have, for a guest that may be split. */
    void keepSums(Shape shape, long[] set) {
        keep(index.ladders().allThreads(), set, shape.vcpus());
        keep(index.ladders().allMemory(shape.pageMiB()), set, shape.memoryMiB());
        byNode = false;
    }

    /** True after {@link #keepNodes} for one node. */
    boolean byNode() {
        return byNode;
    }

    /** The hosts whose node {@code node} may have room for all of it, after {@link #keepNodes} for one node. */
    long[] plane(int node) {
        return planes[node];
    }

    private void plane(Shape shape, int node, int wanted, long[] set) {
        var plane = planes[node];
        Bits.copy(set, plane);
        keep(index.ladders().threads(node), plane, shape.vcpus() / wanted);
        keep(index.ladders().memory(node, shape.pageMiB()), plane, shape.memoryMiB() / wanted);
        if (!shape.gpusNear() || wanted > 1) return;
        for (var each : shape.gpus()) keep(index.ladders().cards(node, each.model()), plane, each.count());
    }

    private static void keep(Optional<Ladder> ladder, long[] set, long least) {
        if (ladder.isPresent()) ladder.get().keepAtLeast(set, least);
    }
}
