package regie.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host as a place to return to: what each failure would bring here, and what is held for that. */
final class Refuge {
    private final HostState host;
    private final int order;
    private final List<Load> loads = new ArrayList<>();
    private final List<Ward> wards = new ArrayList<>();
    private long[] held;
    /** By position, how many loads of failures that come alone bring as much as is held. */
    private int[] holders;

    private final @Nullable Failure[] failures = new Failure[Domain.values().length];
    private Host seen;
    private Layout layout;
    private boolean waiting;
    private boolean stale;

    /** @param order place in the order in which searches look at refuges */
    Refuge(HostState host, int order) {
        this.host = host;
        this.order = order;
        held = new long[host.layout().size()];
        holders = new int[held.length];
        seen = host.host();
        layout = host.layout();
    }

    /** What takes the host with it, by kind of domain; null where that isn't known or hasn't been asked. */
    @Nullable
    Failure[] failures() {
        return failures;
    }

    /** The host as it was when all that is here was proven. */
    Host seen() {
        return seen;
    }

    /** The layout that the loads are counted by. */
    Layout layout() {
        return layout;
    }

    HostState host() {
        return host;
    }

    int order() {
        return order;
    }

    List<Load> loads() {
        return loads;
    }

    /** The guests that are here now. */
    List<Ward> wards() {
        return wards;
    }

    /** What is held, by position: at least what any failure would bring. */
    long[] held() {
        return held;
    }

    /** Takes note of what the host is now. Where its slots have become others, there must be no load here. */
    void look() {
        seen = host.host();
        if (layout == host.layout()) return;
        layout = host.layout();
        held = new long[layout.size()];
        holders = new int[held.length];
    }

    /** Whether it is on the list of those whose held room the inventory has to hear. */
    boolean waiting() {
        return waiting;
    }

    void waiting(boolean now) {
        waiting = now;
    }

    /** What is held has to be counted anew. */
    void stale() {
        stale = true;
    }

    void add(Load load) {
        load.at(loads.size());
        loads.add(load);
    }

    void remove(Load load) {
        var last = loads.removeLast();
        if (last == load) return;
        loads.set(load.at(), last);
        last.at(load.at());
    }

    /** After a witness came: what a failure of its own brings raises what is held at once. */
    void raise(Load load, Witness witness) {
        for (int position : witness.positions()) {
            long brought = load.amounts()[position];
            if (brought < held[position]) continue;
            holders[position] = brought == held[position] ? holders[position] + 1 : 1;
            held[position] = brought;
        }
    }

    /** After a witness went from a failure of its own: only where nobody else brings as much there is anything to count. */
    void lower(Load load, Witness witness) {
        for (int at = 0; at < witness.positions().length; at++) {
            int position = witness.positions()[at];
            long brought = load.amounts()[position] + witness.amounts()[at];
            if (brought == held[position] && --holders[position] == 0) stale();
        }
    }

    /** Counts anew what has to be held, where that isn't known. */
    void count() {
        if (!stale) return;
        stale = false;
        Arrays.fill(held, 0);
        int counts = 1;
        for (int at = 0; at < loads.size(); at++) {
            var load = loads.get(at);
            counts = Math.max(counts, load.failure().count());
            if (load.failure().count() == 1) count(load.amounts());
        }
        for (int count = 2; count <= counts; count++) most(held, together(count, count, null));
    }

    /**
     * By position, the sum of the {@code most} largest loads of those that belong to the loss of {@code count} hosts at once.
     *
     * @param but one that isn't counted
     */
    long[] together(int count, int most, @Nullable Failure but) {
        var sums = new long[layout.size()];
        var largest = new long[most];
        for (int position = 0; position < sums.length; position++) {
            Arrays.fill(largest, 0);
            for (var load : loads) {
                if (load.failure().count() == count && load.failure() != but) keep(largest, load.amounts()[position]);
            }
            for (long each : largest) sums[position] += each;
        }
        return sums;
    }

    /** The smallest of {@code largest}, which comes first, makes way for a larger. */
    private static void keep(long[] largest, long amount) {
        if (largest.length == 0 || amount <= largest[0]) return;
        largest[0] = amount;
        for (int at = 1; at < largest.length && largest[at - 1] > largest[at]; at++) {
            long larger = largest[at - 1];
            largest[at - 1] = largest[at];
            largest[at] = larger;
        }
    }

    private void count(long[] amounts) {
        for (int position = 0; position < held.length; position++) {
            long brought = amounts[position];
            if (brought == 0 || brought < held[position]) continue;
            holders[position] = brought == held[position] ? holders[position] + 1 : 1;
            held[position] = brought;
        }
    }

    private static void most(long[] vector, long[] other) {
        for (int at = 0; at < vector.length; at++) vector[at] = Math.max(vector[at], other[at]);
    }
}
