package regie.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import regie.agent.contract.Claim;
import regie.placement.Place;
import regie.placement.Slot;
import regie.placement.Take;

/** Arithmetic on places, and their form in the ledger: {@code memory@0=4096}, a line for each slot. Pure. */
final class Places {
    /** There are few texts of slots, and each is read thousands of times. */
    private static final Map<String, Slot> PARSED = new ConcurrentHashMap<>();

    private Places() {}

    static Slot slot(String text) {
        return PARSED.computeIfAbsent(text, Slot::parse);
    }

    /** @param lines {@code slot=amount} */
    static Map<Slot, Long> amounts(String lines) {
        var amounts = new HashMap<Slot, Long>();
        for (var line : lines.split("\n", -1)) {
            int equals = line.lastIndexOf('=');
            if (equals > 0) amounts.put(slot(line.substring(0, equals)), Long.parseLong(line.substring(equals + 1)));
        }
        return amounts;
    }

    static Place place(UUID server, Map<Slot, Long> amounts) {
        return new Place(
                server,
                amounts.entrySet().stream()
                        .filter(amount -> amount.getValue() > 0)
                        .map(amount -> new Take(amount.getKey(), amount.getValue()))
                        .toList());
    }

    static Map<Slot, Long> amounts(Place place) {
        return place.takes().stream().collect(Collectors.toMap(Take::slot, Take::amount));
    }

    /** Slot by slot the larger of two places on one host. */
    static Place larger(Place one, Place other) {
        var both = new TreeMap<>(amounts(one));
        other.takes().forEach(take -> both.merge(take.slot(), take.amount(), Math::max));
        return place(one.host(), both);
    }

    static Claim inAll(Place place) {
        return inAll(amounts(place));
    }

    /** Threads, memory of any page, and disk. */
    static Claim inAll(Map<Slot, Long> amounts) {
        long threads = 0;
        long memory = 0;
        long disk = 0;
        for (var amount : amounts.entrySet()) {
            switch (amount.getKey().resource()) {
                case THREADS -> threads += amount.getValue();
                case MEMORY_MIB, HUGEPAGES_MIB -> memory += amount.getValue();
                case DISK_GIB -> disk += amount.getValue();
                case GPUS, VIRTUAL_FUNCTIONS, BANDWIDTH_MBPS -> {}
            }
        }
        return new Claim(Math.toIntExact(threads), memory, disk);
    }

    static String told(Place place) {
        return place.takes().stream()
                .map(take -> take.slot() + " " + take.amount())
                .collect(Collectors.joining(", "));
    }

    static List<String> texts(Place place) {
        return place.takes().stream().map(take -> take.slot().toString()).toList();
    }
}
