package regie.agent.contract;

import java.util.List;

/** The host did not take the wish and changed nothing. */
public final class WishRefused extends Exception {
    private final Reason reason;

    private WishRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public enum Reason {
        STALE,
        OTHER_HOST,
        OVERFULL,
        /** A guest says not, or not rightly, what it has of the host. */
        UNCLAIMED
    }

    public Reason reason() {
        return reason;
    }

    /**
     * The checks that every engine makes before it touches anything.
     *
     * @param host name of this server
     * @param newest generation of the newest wish taken so far
     * @param room what this host can give to guests in all
     * @param nodes its NUMA nodes; none where they are not known, and then only the whole is looked at
     * @throws WishRefused where the wish fails one of them
     */
    public static void unlessFit(Wish wish, String host, long newest, Claim room, List<NumaNode> nodes)
            throws WishRefused {
        if (!wish.host().equals(host)) {
            throw new WishRefused(Reason.OTHER_HOST, "%s got the wish of %s".formatted(host, wish.host()));
        }
        if (wish.generation() < newest) {
            throw new WishRefused(
                    Reason.STALE,
                    "%s has taken generation %d and refuses %d".formatted(host, newest, wish.generation()));
        }
        if (!wish.claim().fits(room)) {
            throw new WishRefused(
                    Reason.OVERFULL, "%s can give %s and was asked for %s".formatted(host, room, wish.claim()));
        }
        for (var guest : wish.guests()) {
            boolean claimed = guest.machine()
                    .layout()
                    .filter(layout -> layout.comesTo(guest.claim()))
                    .isPresent();
            if (!claimed) {
                throw new WishRefused(
                        Reason.UNCLAIMED,
                        "%s runs no guest without a claim on its NUMA nodes, and %s has none that comes to %s"
                                .formatted(host, guest.uid(), guest.claim()));
            }
        }
        if (!nodes.isEmpty()) unlessNodesFit(wish, host, room, nodes);
    }

    /** A host that was told to give more vCPUs than it has threads is held to its threads for dedicated ones alone. */
    private static void unlessNodesFit(Wish wish, String host, Claim room, List<NumaNode> nodes) throws WishRefused {
        boolean toldMore = room.vcpus()
                > nodes.stream().mapToInt(node -> node.threads().size()).sum();
        var layouts = wish.guests().stream()
                .flatMap(guest -> guest.machine().layout().stream())
                .toList();
        var known = nodes.stream().map(NumaNode::node).toList();
        for (var layout : layouts) {
            for (var cell : layout.cells()) {
                if (!known.contains(cell.node())) {
                    throw new WishRefused(
                            Reason.OVERFULL, "%s has no NUMA node %d; it has %s".formatted(host, cell.node(), known));
                }
            }
        }
        for (var node : nodes) {
            long threads = 0;
            long memory = 0;
            for (var layout : layouts) {
                boolean counts =
                        layout.cpu() == Layout.Cpu.DEDICATED || (layout.cpu() == Layout.Cpu.SHARED && !toldMore);
                for (var cell : layout.cells()) {
                    if (cell.node() != node.node()) continue;
                    if (counts) threads += cell.threads();
                    memory += cell.memoryMiB();
                }
            }
            if (threads > node.threads().size() || memory > node.memoryMiB()) {
                throw new WishRefused(
                        Reason.OVERFULL,
                        "NUMA node %d of %s has %d threads and %d MiB, and was asked for %d threads and %d MiB"
                                .formatted(
                                        node.node(), host, node.threads().size(), node.memoryMiB(), threads, memory));
            }
        }
    }
}
