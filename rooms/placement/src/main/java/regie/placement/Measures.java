package regie.placement;

/** What of hosts is put on ladders. */
final class Measures {
    private Measures() {}

    /** Threads of one node, as its place among the host's nodes; 0 where it has no such node. */
    static Ladder.Measure threads(int node) {
        return host ->
                at(host, node < host.layout().nodes().length ? host.layout().threads()[node] : Layout.MISSING);
    }

    /** @param pageMiB 0 for ordinary memory */
    static Ladder.Measure memory(int node, int pageMiB) {
        return host ->
                at(host, node < host.layout().nodes().length ? host.layout().memory(pageMiB)[node] : Layout.MISSING);
    }

    static Ladder.Measure cards(int node, String model) {
        return host -> {
            var cards = host.layout().cards().get(model);
            return cards == null || node >= cards.near().length ? 0 : at(host, cards.near()[node]);
        };
    }

    static long allThreads(HostState host) {
        return sum(host, host.layout().threads());
    }

    static Ladder.Measure allMemory(int pageMiB) {
        return host -> sum(host, host.layout().memory(pageMiB));
    }

    static Ladder.Measure allCards(String model) {
        return host -> {
            var cards = host.layout().cards().get(model);
            return cards == null ? 0 : sum(host, cards.all());
        };
    }

    /** Of every model. */
    static long anyCards(HostState host) {
        long sum = 0;
        for (var cards : host.layout().cards().values()) sum += sum(host, cards.all());
        return sum;
    }

    /** Of the pool that has most. */
    static long disk(HostState host) {
        return most(host, host.layout().pools());
    }

    /** Of the NIC that has most. */
    static long functions(HostState host) {
        return most(host, host.layout().nics());
    }

    static long bandwidth(HostState host) {
        return at(host, host.layout().bandwidth());
    }

    private static long at(HostState host, int position) {
        return position == Layout.MISSING ? 0 : Math.max(0, host.free()[position]);
    }

    private static long sum(HostState host, int[] positions) {
        long sum = 0;
        for (int position : positions) sum += at(host, position);
        return sum;
    }

    private static long most(HostState host, int[] positions) {
        long most = 0;
        for (int position : positions) most = Math.max(most, host.free()[position]);
        return most;
    }
}
