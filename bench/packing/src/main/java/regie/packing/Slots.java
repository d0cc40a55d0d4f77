package regie.packing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import regie.placement.Move;
import regie.placement.Resource;
import regie.placement.Take;

/**
 * Counts, for guests that take all their cores of one NUMA node, how many cores of a cluster are free and of no use to them.
 * Arithmetic of its own: it plays the moves through and sees that each one fits at its turn.
 */
final class Slots {
    private final Map<String, long[]> free = new HashMap<>();
    private final Map<String, Map<String, long[]>> has = new HashMap<>();
    private final int cores;
    private final long memoryMiB;

    /** @param memoryMiB of one guest; 0 to count by cores alone */
    Slots(Cluster cluster, int cores, long memoryMiB) {
        this.cores = cores;
        this.memoryMiB = memoryMiB;
        for (var host : cluster.hosts()) {
            for (var node : host.nodes())
                free.put(key(host.name(), node.number()), new long[] {node.freeCores(), node.freeMiB()});
        }
        for (var instance : cluster.instances()) {
            var parts = new HashMap<String, long[]>();
            for (var part : instance.parts())
                parts.put(key(instance.host(), part.node()), new long[] {part.cores(), part.memoryMiB()});
            has.put(instance.name(), parts);
        }
    }

    /** @throws IllegalStateException where a move takes what is not free */
    void play(List<Move> moves, ClusterInventory names) {
        for (var move : moves) {
            var guest = names.name(move.guest());
            var old = has.get(guest);
            if (old == null) throw new IllegalStateException("nobody is called " + guest);
            old.forEach((node, amounts) -> change(node, amounts, 1));
            var taken = new HashMap<String, long[]>();
            for (var take : move.to().takes()) add(taken, names.name(move.to().host()), take);
            long[] sums = sum(taken);
            if (sums[0] != sum(old)[0] || sums[1] != sum(old)[1] || taken.size() != old.size())
                throw new IllegalStateException("%s becomes another guest by moving".formatted(guest));
            taken.forEach((node, amounts) -> change(node, amounts, -1));
            has.put(guest, taken);
        }
    }

    /** How many guests of the kind fit. */
    long count() {
        long count = 0;
        for (var node : free.values()) {
            long byMemory = memoryMiB == 0 ? Long.MAX_VALUE : node[1] / memoryMiB;
            count += Math.min(node[0] / cores, byMemory);
        }
        return count;
    }

    /** Of the free cores, those that no guest of the kind can use. */
    double share() {
        long all = 0;
        for (var node : free.values()) all += node[0];
        return all == 0 ? 0 : (all - count() * cores) / (double) all;
    }

    private void change(String node, long[] amounts, int sign) {
        var left = free.get(node);
        if (left == null) throw new IllegalStateException("there is no node " + node);
        for (int at = 0; at < left.length; at++) {
            left[at] += sign * amounts[at];
            if (left[at] < 0) throw new IllegalStateException("%s is over by %d".formatted(node, -left[at]));
        }
    }

    private static void add(Map<String, long[]> taken, String host, Take take) {
        var amounts = taken.computeIfAbsent(key(host, take.slot().node()), _ -> new long[2]);
        amounts[take.slot().resource() == Resource.THREADS ? 0 : 1] += take.amount();
    }

    private static long[] sum(Map<String, long[]> parts) {
        var sum = new long[2];
        for (var part : parts.values()) {
            sum[0] += part[0];
            sum[1] += part[1];
        }
        return sum;
    }

    private static String key(String host, int node) {
        return host + "#" + node;
    }
}
