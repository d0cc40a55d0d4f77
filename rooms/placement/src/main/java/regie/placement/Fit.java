package regie.placement;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a shape fits into what is free of one host, and what it would take there. Pure: the same layout, vector and shape give
 * the same answer. It keeps its last answer, so that a trial costs no allocation; one thread at a time.
 */
final class Fit {
    private final NodeChoice nodes = new NodeChoice();
    private int[] positions = new int[16];
    private long[] amounts = new long[16];
    private int count;

    /** @param free by position of {@code layout}; negative counts as nothing */
    boolean fits(Layout layout, long[] free, Shape shape) {
        count = 0;
        return bandwidth(layout, free, shape)
                && disk(layout, free, shape)
                && nodes.choose(layout, free, shape)
                && threadsAndMemory(layout, shape)
                && cards(layout, free, shape)
                && functions(layout, free, shape);
    }

    /** How many slots the last shape that fitted takes. */
    int count() {
        return count;
    }

    /** Position in the layout of the {@code at}th slot it takes. */
    int position(int at) {
        return positions[at];
    }

    /** How much of the {@code at}th slot it takes. */
    long amount(int at) {
        return amounts[at];
    }

    /** True where the last shape that fitted has threads and memory of more nodes than one. */
    boolean split() {
        return nodes.count() > 1;
    }

    /** What the last shape that fitted takes. */
    List<Take> takes(Layout layout) {
        var takes = new ArrayList<Take>(count);
        for (int at = 0; at < count; at++) takes.add(new Take(layout.slot(positions[at]), amounts[at]));
        return takes;
    }

    private boolean take(int position, long amount) {
        if (count == positions.length) {
            positions = java.util.Arrays.copyOf(positions, 2 * count);
            amounts = java.util.Arrays.copyOf(amounts, 2 * count);
        }
        positions[count] = position;
        amounts[count++] = amount;
        return true;
    }

    private boolean bandwidth(Layout layout, long[] free, Shape shape) {
        if (shape.bandwidthMbps() == 0) return true;
        int at = layout.bandwidth();
        return at != Layout.MISSING && free[at] >= shape.bandwidthMbps() && take(at, shape.bandwidthMbps());
    }

    /** The pool that is left with least. */
    private boolean disk(Layout layout, long[] free, Shape shape) {
        if (shape.diskGiB() == 0) return true;
        int best = Layout.MISSING;
        for (int at : layout.pools()) {
            boolean suits = free[at] >= shape.diskGiB()
                    && (shape.pool().isEmpty()
                            || shape.pool().equals(layout.slot(at).name()));
            if (suits && (best == Layout.MISSING || free[at] < free[best])) best = at;
        }
        return best != Layout.MISSING && take(best, shape.diskGiB());
    }

    private boolean threadsAndMemory(Layout layout, Shape shape) {
        var memory = layout.memory(shape.pageMiB());
        for (int at = 0; at < nodes.count(); at++) {
            take(layout.threads()[nodes.node(at)], nodes.threads(at));
            take(memory[nodes.node(at)], nodes.memoryMiB(at));
        }
        return true;
    }

    /** From the guest's own nodes first; where they need not be near, then from the others. */
    private boolean cards(Layout layout, long[] free, Shape shape) {
        for (var wanted : shape.gpus()) {
            var cards = layout.cards(wanted.model());
            if (cards.isEmpty()) return false;
            long missing = wanted.count();
            for (int at = 0; at < nodes.count(); at++) {
                missing -= some(cards.get().near()[nodes.node(at)], free, missing);
            }
            if (!shape.gpusNear()) {
                for (int position : cards.get().all()) {
                    if (!taken(position)) missing -= some(position, free, missing);
                }
            }
            if (missing > 0) return false;
        }
        return true;
    }

    private long some(int position, long[] free, long wanted) {
        if (position == Layout.MISSING || wanted <= 0) return 0;
        long given = Math.min(free[position], wanted);
        if (given <= 0) return 0;
        take(position, given);
        return given;
    }

    private boolean taken(int position) {
        for (int at = 0; at < count; at++) if (positions[at] == position) return true;
        return false;
    }

    /** All of one NIC: of one on the guest's own nodes if possible, and of those the one that is left with least. */
    private boolean functions(Layout layout, long[] free, Shape shape) {
        if (shape.virtualFunctions() == 0) return true;
        int best = Layout.MISSING;
        boolean bestIsNear = false;
        for (int nic = 0; nic < layout.nics().length; nic++) {
            int at = layout.nics()[nic];
            if (free[at] < shape.virtualFunctions()) continue;
            boolean near = nodes.has(layout.nicNodes()[nic]);
            boolean better = best == Layout.MISSING || (near != bestIsNear ? near : free[at] < free[best]);
            if (better) {
                best = at;
                bestIsNear = near;
            }
        }
        return best != Layout.MISSING && take(best, shape.virtualFunctions());
    }
}
