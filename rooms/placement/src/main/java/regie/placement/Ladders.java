package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One ladder for each measure that was ever asked for, all kept up to date. */
final class Ladders {
    /** A question beyond so many models of cards and sizes of pages, by node, gets none: hosts are tried one by one. */
    private static final int NAMED_MAX = 1024;

    private final HostState[] hosts;
    private final List<Watch> all = new ArrayList<>();
    private final Map<Key, Ladder> byName = new HashMap<>();
    private final List<List<Optional<Ladder>>> unnamed = new ArrayList<>();
    private final Map<Layout, Ladder[][]> byPosition = new HashMap<>();

    /** @param node {@link Slot#WHOLE} for the host as a whole */
    private record Key(Resource resource, int node, String name) {
        /** Whether what is free of {@code slot} counts here. */
        boolean counts(Layout layout, Slot slot) {
            return resource == slot.resource()
                    && (node == Slot.WHOLE || (node < layout.nodes().length && layout.nodes()[node] == slot.node()))
                    && (name.isEmpty() || name.equals(slot.name()));
        }
    }

    private record Watch(Key key, Ladder ladder) {}

    /** @param hosts by rank */
    Ladders(HostState[] hosts) {
        this.hosts = hosts;
        for (var _ : Resource.values()) unnamed.add(new ArrayList<>());
    }

    /** What is free of {@code host} at that position of its layout has changed. */
    void changed(HostState host, int position) {
        var touched = byPosition.get(host.layout());
        if (touched == null) {
            touched = watching(host.layout());
            byPosition.put(host.layout(), touched);
        }
        for (var ladder : touched[position]) ladder.update(host);
    }

    private Ladder[][] watching(Layout layout) {
        var watching = new Ladder[layout.size()][];
        for (int position = 0; position < watching.length; position++) {
            var slot = layout.slot(position);
            watching[position] = all.stream()
                    .filter(each -> each.key().counts(layout, slot))
                    .map(Watch::ladder)
                    .toArray(Ladder[]::new);
        }
        return watching;
    }

    /** @param node as its place among the nodes of a host */
    Optional<Ladder> threads(int node) {
        return unnamed(Resource.THREADS, node);
    }

    /** @param pageMiB 0 for ordinary memory */
    Optional<Ladder> memory(int node, int pageMiB) {
        return pageMiB == 0 ? unnamed(Resource.MEMORY_MIB, node) : named(Resource.HUGEPAGES_MIB, node, "" + pageMiB);
    }

    Optional<Ladder> cards(int node, String model) {
        return named(Resource.GPUS, node, model);
    }

    Optional<Ladder> allThreads() {
        return unnamed(Resource.THREADS, Slot.WHOLE);
    }

    Optional<Ladder> allMemory(int pageMiB) {
        return memory(Slot.WHOLE, pageMiB);
    }

    Optional<Ladder> allCards(String model) {
        return cards(Slot.WHOLE, model);
    }

    /** Cards of every model. */
    Optional<Ladder> anyCards() {
        return unnamed(Resource.GPUS, Slot.WHOLE);
    }

    /** Of one pool. */
    Optional<Ladder> disk() {
        return unnamed(Resource.DISK_GIB, Slot.WHOLE);
    }

    /** Of one NIC. */
    Optional<Ladder> functions() {
        return unnamed(Resource.VIRTUAL_FUNCTIONS, Slot.WHOLE);
    }

    Optional<Ladder> bandwidth() {
        return unnamed(Resource.BANDWIDTH_MBPS, Slot.WHOLE);
    }

    /** Those that every question is about are found by number, for finding them by key would cost more than they save. */
    private Optional<Ladder> unnamed(Resource resource, int node) {
        var known = unnamed.get(resource.number());
        while (known.size() <= node + 1) known.add(Optional.empty());
        var ladder = known.get(node + 1);
        if (ladder.isEmpty()) {
            ladder = Optional.of(made(new Key(resource, node, "")));
            known.set(node + 1, ladder);
        }
        return ladder;
    }

    private Optional<Ladder> named(Resource resource, int node, String name) {
        var key = new Key(resource, node, name);
        var known = byName.get(key);
        if (known != null || byName.size() == NAMED_MAX) return Optional.ofNullable(known);
        var ladder = made(key);
        byName.put(key, ladder);
        return Optional.of(ladder);
    }

    private Ladder made(Key key) {
        var ladder = new Ladder(Measures.of(key.resource(), key.node(), key.name()), hosts);
        all.add(new Watch(key, ladder));
        byPosition.clear();
        return ladder;
    }
}
