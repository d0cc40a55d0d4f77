package regie.placement;

/** What of hosts is put on ladders. */
final class Measures {
    private Measures() {}

    /**
     * @param node as its place among the host's nodes, or {@link Slot#WHOLE}: then the sum over all nodes, and of disk and virtual
     *     functions, which are taken of one pool and one NIC, the most that any has
     * @param name model of cards or size of pages; empty for all models, and where there are no names
     */
    static Ladder.Measure of(Resource resource, int node, String name) {
        return switch (resource) {
            case THREADS -> host -> onNodes(host, host.layout().threads(), node);
            case MEMORY_MIB -> host -> onNodes(host, host.layout().memory(0), node);
            case HUGEPAGES_MIB -> {
                int pageMiB = Integer.parseInt(name);
                yield host -> onNodes(host, host.layout().memory(pageMiB), node);
            }
            case GPUS -> name.isEmpty() ? Measures::anyCards : host -> cards(host, node, name);
            case DISK_GIB -> host -> most(host, host.layout().pools());
            case VIRTUAL_FUNCTIONS -> host -> most(host, host.layout().nics());
            case BANDWIDTH_MBPS -> host -> at(host, host.layout().bandwidth());
        };
    }

    private static long onNodes(HostState host, int[] positions, int node) {
        if (node == Slot.WHOLE) return sum(host, positions);
        return node < positions.length ? at(host, positions[node]) : 0;
    }

    private static long cards(HostState host, int node, String model) {
        var cards = host.layout().cards().get(model);
        if (cards == null) return 0;
        return node == Slot.WHOLE ? sum(host, cards.all()) : onNodes(host, cards.near(), node);
    }

    private static long anyCards(HostState host) {
        long sum = 0;
        for (var cards : host.layout().cards().values()) sum += sum(host, cards.all());
        return sum;
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
