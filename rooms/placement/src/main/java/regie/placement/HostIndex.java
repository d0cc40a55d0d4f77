package regie.placement;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds hosts by what they have, without looking at each. Hosts are ranked by name, so that whatever is found first is found first
 * whatever the order they came in. Room and openness are kept up to date with every change; when hosts come, go or become others,
 * all is counted anew with the next question.
 */
final class HostIndex {
    private HostState[] hosts = new HostState[0];
    private long[] open = new long[0];
    private Ladders ladders = new Ladders(hosts);
    private final Map<Integer, long[]> domains = new HashMap<>();
    /** The ranks of a domain's hosts, by kind and number among its kind; null where nobody has asked. */
    private final int[][][] ranks = new int[Domain.values().length][0][];

    private int nodes;
    private boolean stale = true;
    private long generation;

    /** Hosts came, went, or became others. */
    void stale() {
        stale = true;
    }

    void opened(HostState host) {
        if (stale) return;
        if (host.host().open()) Bits.set(open, host.rank());
        else Bits.clear(open, host.rank());
    }

    /** What is free of {@code host} at these positions of its layout has changed. */
    void changed(HostState host, int... positions) {
        if (stale) return;
        for (int position : positions) ladders.changed(host, position);
    }

    /** To be called before questions are asked; what it returns grows whenever ranks may have changed. */
    long fresh(Inventory inventory) {
        if (stale) count(inventory.states());
        return generation;
    }

    private void count(Collection<HostState> byName) {
        hosts = byName.toArray(HostState[]::new);
        open = new long[Bits.words(hosts.length)];
        nodes = 0;
        for (int rank = 0; rank < hosts.length; rank++) {
            hosts[rank].rank(rank);
            if (hosts[rank].host().open()) Bits.set(open, rank);
            nodes = Math.max(nodes, hosts[rank].layout().nodes().length);
        }
        ladders = new Ladders(hosts);
        domains.clear();
        Arrays.fill(ranks, new int[0][]);
        stale = false;
        generation++;
    }

    int size() {
        return hosts.length;
    }

    int words() {
        return open.length;
    }

    HostState host(int rank) {
        return hosts[rank];
    }

    long[] open() {
        return open;
    }

    /** The most NUMA nodes that a host has. */
    int nodes() {
        return nodes;
    }

    Ladders ladders() {
        return ladders;
    }

    /** The ranks of the hosts of a domain, for those that are few: to look at each host would cost more than it says. */
    int[] ranks(Domains all, int domain) {
        int kind = Domains.kind(domain).number();
        int index = Domains.index(domain);
        if (index >= ranks[kind].length) {
            ranks[kind] = Arrays.copyOf(ranks[kind], Math.max(index + 1, all.span(Domains.kind(domain))));
        }
        var known = ranks[kind][index];
        if (known == null) {
            known = all.hosts(domain).stream().mapToInt(HostState::rank).toArray();
            ranks[kind][index] = known;
        }
        return known;
    }

    /** The hosts of a domain, for those that are many. */
    long[] members(Domains all, int domain) {
        return domains.computeIfAbsent(domain, _ -> {
            var set = new long[open.length];
            for (var host : all.hosts(domain)) Bits.set(set, host.rank());
            return set;
        });
    }
}
