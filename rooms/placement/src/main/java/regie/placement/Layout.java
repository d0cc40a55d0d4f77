package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Which slots a host has, and where in its vectors each stands. Hosts of one kind share one layout. A vector of a host has one
 * number for each slot, in the order of slots; {@link #MISSING} stands for a slot that is not there.
 */
final class Layout {
    static final int MISSING = -1;

    private final List<Slot> slots;
    private final Map<Slot, Integer> positions = new HashMap<>();
    private final int[] nodes;
    private final int[] threads;
    private final int[] memory;
    private final int[] none;
    private final Map<Integer, int[]> pages = new HashMap<>();
    private final Map<String, Cards> cards = new HashMap<>();
    private final int[] pools;
    private final int[] nics;
    private final int[] nicNodes;
    private final int bandwidth;

    /** @param slots in their order, each once */
    Layout(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        for (int at = 0; at < slots.size(); at++) positions.put(slots.get(at), at);
        nodes = nodes(slots);
        none = byNode(_ -> Optional.empty());
        threads = byNode(node -> Optional.of(Slot.threads(node)));
        memory = byNode(node -> Optional.of(Slot.memory(node)));
        for (var slot : slots) {
            if (slot.resource() == Resource.HUGEPAGES_MIB) {
                pages.computeIfAbsent(
                        Integer.valueOf(slot.name()), size -> byNode(node -> Optional.of(Slot.hugepages(node, size))));
            }
            if (slot.resource() == Resource.GPUS) {
                cards.computeIfAbsent(
                        slot.name(),
                        model -> new Cards(
                                byNode(node -> Optional.of(Slot.gpus(node, model))),
                                where(each -> each.resource() == Resource.GPUS
                                        && each.name().equals(model))));
            }
        }
        pools = where(slot -> slot.resource() == Resource.DISK_GIB);
        nics = where(slot -> slot.resource() == Resource.VIRTUAL_FUNCTIONS);
        nicNodes = new int[nics.length];
        for (int at = 0; at < nics.length; at++)
            nicNodes[at] = ordinal(slots.get(nics[at]).node());
        bandwidth = position(Slot.bandwidth());
    }

    int size() {
        return slots.size();
    }

    List<Slot> slots() {
        return slots;
    }

    Slot slot(int position) {
        return slots.get(position);
    }

    int position(Slot slot) {
        return positions.getOrDefault(slot, MISSING);
    }

    /** The numbers of its NUMA nodes, in their order. */
    int[] nodes() {
        return nodes;
    }

    /** By node. */
    int[] threads() {
        return threads;
    }

    /** By node: ordinary memory for 0, else the pool of pages of that size. */
    int[] memory(int pageMiB) {
        return pageMiB == 0 ? memory : pages.getOrDefault(pageMiB, none);
    }

    Optional<Cards> cards(String model) {
        return Optional.ofNullable(cards.get(model));
    }

    /** Of all models. */
    Map<String, Cards> cards() {
        return cards;
    }

    int[] pools() {
        return pools;
    }

    /** NICs with virtual functions. */
    int[] nics() {
        return nics;
    }

    /** By NIC: its node's place in {@link #nodes}, or {@code MISSING}. */
    int[] nicNodes() {
        return nicNodes;
    }

    int bandwidth() {
        return bandwidth;
    }

    private static int[] nodes(List<Slot> slots) {
        var nodes = new TreeSet<Integer>();
        for (var slot : slots) if (slot.resource().ofNode()) nodes.add(slot.node());
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }

    private int ordinal(int node) {
        for (int at = 0; at < nodes.length; at++) if (nodes[at] == node) return at;
        return MISSING;
    }

    private int[] byNode(IntFunction<Optional<Slot>> slot) {
        var at = new int[nodes.length];
        for (int node = 0; node < nodes.length; node++) {
            at[node] = slot.apply(nodes[node]).map(this::position).orElse(MISSING);
        }
        return at;
    }

    private int[] where(Predicate<Slot> wanted) {
        var found = new ArrayList<Integer>();
        for (int at = 0; at < slots.size(); at++) if (wanted.test(slots.get(at))) found.add(at);
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
