package regie.packing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * How many guests that take all their cores of one NUMA node could fit at most, whatever is moved where. Looks at cores alone, so
 * that a plan which heeds memory too may stay below. Two bounds hold, and the lower counts:
 *
 * <p><b>However much is moved.</b> Modulo the guest's cores, a node that is left with w has lost w; all guests together can fill
 * no more of the nodes' remainders than the sum of their own. So the cores lost are at least the sum of the nodes' remainders
 * minus the sum of the guests'.
 *
 * <p><b>By so many moves.</b> A host gains only by guests going. For each gain of a host the fewest guests that have to go are
 * found exactly; then the moves are spent where they gain most. What is lost where those guests arrive is not counted. Whole
 * multiples of the guest's cores are not counted either: what one host gains by them, another loses.
 */
final class SlotBound {
    private final Cluster cluster;
    private final int cores;

    SlotBound(Cluster cluster, int cores) {
        this.cluster = cluster;
        this.cores = cores;
    }

    /** Guests of the kind that fit after so many moves, at most. */
    long count(int moves) {
        long now = 0;
        for (var host : cluster.hosts()) for (var node : host.nodes()) now += node.freeCores() / cores;
        return Math.min(everMovable(), now + gain(moves));
    }

    /** Of the free cores, the share that is lost at least. */
    double share(int moves) {
        long free = cluster.freeCores();
        return free == 0 ? 0 : (free - count(moves) * cores) / (double) free;
    }

    private long everMovable() {
        long lost = 0;
        for (var host : cluster.hosts()) for (var node : host.nodes()) lost += node.cores() % cores;
        for (var instance : cluster.instances()) {
            for (var part : instance.parts()) lost -= part.cores() % cores;
        }
        return (cluster.freeCores() - Math.max(0, lost)) / cores;
    }

    /** The most that all hosts together gain: for each host one of its gains, at the fewest moves that it costs. */
    private long gain(int moves) {
        var byHost = new HashMap<String, List<int[]>>();
        for (var instance : cluster.instances()) {
            if (!instance.movable()) continue;
            byHost.computeIfAbsent(instance.host(), _ -> new ArrayList<>()).add(remainders(instance));
        }
        var most = new long[moves + 1];
        for (var host : cluster.hosts()) {
            var costs = costs(host, byHost.getOrDefault(host.name(), List.of()), moves);
            var next = most.clone();
            for (int gain = 1; gain < costs.length; gain++) {
                for (int spent = costs[gain]; spent <= moves; spent++)
                    next[spent] = Math.max(next[spent], most[spent - costs[gain]] + gain);
            }
            most = next;
        }
        long best = 0;
        for (long each : most) best = Math.max(best, each);
        return best;
    }

    /** What of an instance counts, by node 0 and 1; on machines with more nodes, the rest counts as node 1. */
    private int[] remainders(Cluster.Instance instance) {
        var counts = new int[2];
        for (var part : instance.parts()) counts[Math.min(1, part.node())] += part.cores() % cores;
        return counts;
    }

    /** By gain from 0: the fewest guests that have to go; more than {@code moves} where that is too many. */
    private int[] costs(Cluster.Machine host, List<int[]> guests, int moves) {
        int[] lost = new int[2];
        int[] limit = new int[2];
        for (var node : host.nodes()) {
            int at = Math.min(1, node.number());
            lost[at] += node.freeCores() % cores;
            limit[at] += node.cores() + cores;
        }
        var fewest = new int[limit[0] + 1][limit[1] + 1];
        for (var row : fewest) java.util.Arrays.fill(row, moves + 1);
        fewest[0][0] = 0;
        for (var guest : guests) {
            for (int one = limit[0]; one >= guest[0]; one--) {
                for (int two = limit[1]; two >= guest[1]; two--)
                    fewest[one][two] = Math.min(fewest[one][two], fewest[one - guest[0]][two - guest[1]] + 1);
            }
        }
        var costs = new int[(limit[0] + lost[0]) / cores + (limit[1] + lost[1]) / cores + 1];
        java.util.Arrays.fill(costs, moves + 1);
        for (int one = 0; one <= limit[0]; one++) {
            for (int two = 0; two <= limit[1]; two++) {
                int gain = (one + lost[0]) / cores + (two + lost[1]) / cores;
                costs[gain] = Math.min(costs[gain], fewest[one][two]);
            }
        }
        return costs;
    }
}
