package regie.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import regie.kernel.Check;

/**
 * All refuges in the order in which searches look at them: by turns of the sites, and of the racks within a site. All failures
 * share this order, so that they share what is held; and as neighbours in it stand far from each other, what one rack's or site's
 * guests need is held everywhere a little and not in one other rack or site, whose own failure would then need as much again.
 */
final class Refuges {
    private final List<@Nullable Refuge> byOrder = new ArrayList<>();
    private final Map<HostState, Refuge> byHost = new HashMap<>();
    private final RoomTree tree = new RoomTree();
    private long[] scratch = new long[16];

    /** @param hosts in an order that doesn't hang on chance */
    Refuges(Collection<HostState> hosts) {
        var turns = new HashMap<String, Integer>();
        var keys = new HashMap<HostState, long[]>();
        for (var host : hosts) {
            var at = host.host().location();
            long inRack = turns.merge("rack " + at.site() + " " + at.rack(), 1, Integer::sum);
            if (inRack == 1) turns.merge("racks " + at.site(), 1, Integer::sum);
            long rack = turns.computeIfAbsent(
                    "number " + at.site() + " " + at.rack(), _ -> turns.getOrDefault("racks " + at.site(), 0));
            long site = turns.computeIfAbsent("site " + at.site(), _ -> turns.size());
            keys.put(host, new long[] {inRack, rack, site});
        }
        hosts.stream()
                .sorted(Comparator.<HostState, long[]>comparing(
                        host -> Check.present(keys.get(host)), (one, other) -> java.util.Arrays.compare(one, other)))
                .forEach(this::add);
    }

    /** A new host comes last. */
    Refuge add(HostState host) {
        var refuge = new Refuge(host, byOrder.size());
        byOrder.add(refuge);
        byHost.put(host, refuge);
        host.refuge(refuge);
        roomChanged(refuge);
        return refuge;
    }

    /** No place in the order is used again. */
    void remove(Refuge refuge) {
        byOrder.set(refuge.order(), null);
        byHost.remove(refuge.host());
        tree.clear(refuge.order());
    }

    @Nullable
    Refuge of(HostState host) {
        return byHost.get(host);
    }

    Refuge known(HostState host) {
        var last = host.refuge();
        if (last != null && last.order() < byOrder.size() && byOrder.get(last.order()) == last) return last;
        return Check.present(byHost.get(host));
    }

    Collection<Refuge> all() {
        return byHost.values();
    }

    /** How many places there are in the order, those of hosts that are gone too. */
    int size() {
        return byOrder.size();
    }

    int count() {
        return byHost.size();
    }

    @Nullable
    Refuge at(int order) {
        return byOrder.get(order);
    }

    /** The next that may have room; -1 where there is none. */
    int next(int order, Shape shape) {
        return tree.next(order, shape);
    }

    /** What guests have of it has changed, or the host itself. */
    void roomChanged(Refuge refuge) {
        var host = refuge.host();
        int size = host.layout().size();
        if (scratch.length < size) scratch = new long[size];
        for (int at = 0; at < size; at++) scratch[at] = host.total()[at] - host.claimed()[at];
        tree.set(refuge.order(), host.layout(), scratch, size);
    }
}
