package regie.placement;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each of many hosts lacks for a shape. Most fall together, rung by rung; only those that have enough of everything by
 * itself are asked one by one.
 */
final class Lacks {
    private final HostIndex index;
    private final Fit fit = new Fit();
    private final AtLeast able = new AtLeast();
    private long[] plane = new long[0];
    private Map<Lack, Integer> found = new TreeMap<>();
    private int left;

    Lacks(HostIndex index) {
        this.index = index;
    }

    /** Takes those out of {@code set} that lack something; how many lacked what. */
    Map<Lack, Integer> take(Shape shape, long[] set) {
        found = new TreeMap<>();
        left = Bits.count(set);
        whole(shape, set);
        if (shape.numaNodes() > 0) onNodes(shape, set);
        for (int rank = Bits.next(set, 0); rank >= 0; rank = Bits.next(set, rank + 1)) {
            var host = index.host(rank);
            if (fit.fits(host.layout(), host.free(), shape)) continue;
            Bits.clear(set, rank);
            found.merge(Lack.of(host.layout(), host.free(), shape), 1, Integer::sum);
        }
        return found;
    }

    private void whole(Shape shape, long[] set) {
        var ladders = index.ladders();
        keep(ladders.allThreads(), set, shape.vcpus(), Lack.threads());
        keep(ladders.allMemory(shape.pageMiB()), set, shape.memoryMiB(), Lack.memory(shape));
        keep(ladders.disk(), set, shape.diskGiB(), Lack.disk(shape));
        for (var wanted : shape.gpus()) {
            keep(ladders.allCards(wanted.model()), set, wanted.count(), Lack.cards(wanted));
        }
        keep(ladders.functions(), set, shape.virtualFunctions(), Lack.functions());
        keep(ladders.bandwidth(), set, shape.bandwidthMbps(), Lack.bandwidth());
    }

    private void onNodes(Shape shape, long[] set) {
        int wanted = shape.numaNodes();
        long threads = shape.vcpus() / wanted;
        long memory = shape.memoryMiB() / wanted;
        nodes(shape, set, threads, 0, Lack.nodeThreads(shape));
        nodes(shape, set, 0, memory, Lack.nodeMemory(shape));
        nodes(shape, set, threads, memory, Lack.nodeBoth(shape));
    }

    /** Keeps those with as many nodes as the shape wants that have so much. */
    private void nodes(Shape shape, long[] set, long threads, long memory, Lack lack) {
        if (plane.length != set.length) plane = new long[set.length];
        able.start(shape.numaNodes(), set.length);
        for (int node = 0; node < index.nodes(); node++) {
            Bits.copy(set, plane);
            if (threads > 0) keep(index.ladders().threads(node), plane, threads);
            if (memory > 0) keep(index.ladders().memory(node, shape.pageMiB()), plane, memory);
            able.add(plane);
        }
        Bits.and(set, able.in(shape.numaNodes()));
        fell(set, lack);
    }

    private void keep(Optional<Ladder> ladder, long[] set, long least, Lack lack) {
        if (least == 0) return;
        keep(ladder, set, least);
        fell(set, lack);
    }

    private static void keep(Optional<Ladder> ladder, long[] set, long least) {
        if (ladder.isPresent()) ladder.get().keepAtLeast(set, least);
    }

    private void fell(long[] set, Lack lack) {
        int now = Bits.count(set);
        if (now < left) found.merge(lack, left - now, Integer::sum);
        left = now;
    }
}
