package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One ladder for each measure that was ever asked for, all kept up to date. */
final class Ladders {
    /** A question beyond so many ladders gets none, and hosts are tried one by one. */
    private static final int MAX = 1024;

    private final HostState[] hosts;
    private final Map<Key, Ladder> byKey = new HashMap<>();
    private final List<List<Ladder>> byResource = new ArrayList<>();

    /** @param node {@link Slot#WHOLE} for the host as a whole */
    private record Key(Resource resource, int node, String name) {}

    /** @param hosts by rank */
    Ladders(HostState[] hosts) {
        this.hosts = hosts;
        for (var _ : Resource.values()) byResource.add(new ArrayList<>());
    }

    void changed(HostState host, Resource resource) {
        var touched = byResource.get(resource.number());
        for (int at = 0; at < touched.size(); at++) touched.get(at).update(host);
    }

    /** @param node as its place among the nodes of a host */
    Optional<Ladder> threads(int node) {
        return ladder(Resource.THREADS, node, "", Measures.threads(node));
    }

    /** @param pageMiB 0 for ordinary memory */
    Optional<Ladder> memory(int node, int pageMiB) {
        return ladder(memory(pageMiB), node, page(pageMiB), Measures.memory(node, pageMiB));
    }

    Optional<Ladder> cards(int node, String model) {
        return ladder(Resource.GPUS, node, model, Measures.cards(node, model));
    }

    Optional<Ladder> allThreads() {
        return ladder(Resource.THREADS, Slot.WHOLE, "", Measures::allThreads);
    }

    Optional<Ladder> allMemory(int pageMiB) {
        return ladder(memory(pageMiB), Slot.WHOLE, page(pageMiB), Measures.allMemory(pageMiB));
    }

    Optional<Ladder> allCards(String model) {
        return ladder(Resource.GPUS, Slot.WHOLE, model, Measures.allCards(model));
    }

    /** Cards of every model. */
    Optional<Ladder> anyCards() {
        return ladder(Resource.GPUS, Slot.WHOLE, "", Measures::anyCards);
    }

    /** Of one pool. */
    Optional<Ladder> disk() {
        return ladder(Resource.DISK_GIB, Slot.WHOLE, "", Measures::disk);
    }

    /** Of one NIC. */
    Optional<Ladder> functions() {
        return ladder(Resource.VIRTUAL_FUNCTIONS, Slot.WHOLE, "", Measures::functions);
    }

    Optional<Ladder> bandwidth() {
        return ladder(Resource.BANDWIDTH_MBPS, Slot.WHOLE, "", Measures::bandwidth);
    }

    private Optional<Ladder> ladder(Resource resource, int node, String name, Ladder.Measure measure) {
        var key = new Key(resource, node, name);
        var known = byKey.get(key);
        if (known != null) return Optional.of(known);
        if (byKey.size() == MAX) return Optional.empty();
        var ladder = new Ladder(measure, hosts);
        byKey.put(key, ladder);
        byResource.get(resource.number()).add(ladder);
        return Optional.of(ladder);
    }

    private static Resource memory(int pageMiB) {
        return pageMiB == 0 ? Resource.MEMORY_MIB : Resource.HUGEPAGES_MIB;
    }

    private static String page(int pageMiB) {
        return pageMiB == 0 ? "" : Integer.toString(pageMiB);
    }
}
