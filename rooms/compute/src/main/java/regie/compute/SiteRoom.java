package regie.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Place;
import regie.placement.Resource;
import regie.placement.Shape;
import regie.placement.Slot;

/** What the hosts of one site have, and what of it is taken, held, free, in pieces, or out of reach. */
final class SiteRoom {
    private static final List<String> ORDER =
            Arrays.stream(Resource.values()).map(Resource::word).toList();

    private final Inventory inventory;
    private final RoomLeft left;
    private final List<Host> hosts;
    private final List<Host> selling;
    private final Map<Kept, Long> kept = new HashMap<>();

    private record Kept(UUID host, Slot slot) {}

    /** @param reserved those of the guests that nobody is yet */
    SiteRoom(Inventory inventory, Collection<UUID> reserved, RoomLeft left, String site) {
        for (var place : reserved) inventory.place(place).ifPresent(this::keep);
        this.inventory = inventory;
        this.left = left;
        this.hosts = inventory.hosts().stream()
                .filter(host -> host.location().site().equals(site))
                .toList();
        this.selling = hosts.stream().filter(SiteRoom::sells).toList();
    }

    private void keep(Place place) {
        for (var take : place.takes()) kept.merge(new Kept(place.host(), take.slot()), take.amount(), Long::sum);
    }

    /** Whether whoever wants a machine may get it there; hosts of one project's own are nobody else's. */
    private static boolean sells(Host host) {
        return host.open() && host.project().isEmpty();
    }

    List<Host> hosts() {
        return hosts;
    }

    int open() {
        return (int) hosts.stream().filter(Host::open).count();
    }

    int fits(Shape shape, boolean alsoHeld) {
        return left.fits(shape, alsoHeld, selling::contains);
    }

    /** How many would fit if all that is free were on one host: by the scarcest of what the shape takes. */
    int fitsInOnePiece(Shape shape) {
        var free = sums(selling, slot -> slot.free);
        long most = Long.MAX_VALUE;
        for (var need : needs(shape).entrySet())
            most = Math.min(most, free.getOrDefault(need.getKey(), 0L) / need.getValue());
        return (int) Math.min(Integer.MAX_VALUE, most);
    }

    /** The flavor with the most memory, then vCPUs, of which one fits an empty host here. */
    Optional<String> largest(Map<String, Shape> flavors) {
        return flavors.entrySet().stream()
                .filter(flavor -> selling.stream().anyMatch(host -> left.fitsEmpty(flavor.getValue(), host) > 0))
                .max(Comparator.comparingLong((Map.Entry<String, Shape> flavor) ->
                                flavor.getValue().memoryMiB())
                        .thenComparingInt(flavor -> flavor.getValue().vcpus())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /** @param fragmentedFor room on hosts where none of it fits counts as fragmented */
    List<CapacityAnswer.Room> rooms(Optional<Shape> fragmentedFor) {
        var useless = hosts.stream()
                .filter(Host::open)
                .filter(host -> fragmentedFor
                        .filter(shape -> left.fits(shape, false, host) == 0)
                        .isPresent())
                .toList();
        var open = hosts.stream().filter(Host::open).toList();
        var closed = hosts.stream().filter(host -> !host.open()).toList();
        var free = sums(open, slot -> slot.free);
        var fragmented = sums(useless, slot -> slot.free);
        var out = sums(closed, slot -> slot.free);
        var claimed = sums(hosts, slot -> slot.claimed);
        var reserved = sums(hosts, slot -> slot.reserved);
        var held = sums(hosts, slot -> slot.held);
        var told = new ArrayList<CapacityAnswer.Room>();
        sums(hosts, slot -> slot.total)
                .forEach((what, total) -> told.add(new CapacityAnswer.Room(
                        what,
                        total,
                        claimed.getOrDefault(what, 0L),
                        reserved.getOrDefault(what, 0L),
                        held.getOrDefault(what, 0L),
                        free.getOrDefault(what, 0L),
                        fragmented.getOrDefault(what, 0L),
                        out.getOrDefault(what, 0L))));
        return told;
    }

    private record Amounts(long total, long claimed, long reserved, long held, long free) {}

    /** By {@link #word}, in the order of resources. */
    private Map<String, Long> sums(List<Host> over, ToLongFunction<Amounts> of) {
        var sums = new TreeMap<String, Long>(
                Comparator.comparingInt(SiteRoom::rank).thenComparing(word -> word));
        for (var host : over) {
            for (var room : host.rooms()) {
                var slot = room.slot();
                long reserved = kept.getOrDefault(new Kept(host.id(), slot), 0L);
                var amounts = new Amounts(
                        room.total(),
                        inventory.claimed(host.id(), slot) - reserved,
                        reserved,
                        inventory.held(host.id(), slot),
                        Math.max(0, inventory.free(host.id(), slot)));
                sums.merge(word(slot), of.applyAsLong(amounts), Long::sum);
            }
        }
        return sums;
    }

    /** Cards by model and large pages by size; disks of all pools and functions of all cards together. */
    private static String word(Slot slot) {
        boolean byName = slot.resource() == Resource.GPUS || slot.resource() == Resource.HUGEPAGES_MIB;
        return slot.resource().word() + (byName ? ":" + slot.name() : "");
    }

    private static int rank(String word) {
        return ORDER.indexOf(word.replaceFirst(":.*", ""));
    }

    private static Map<String, Long> needs(Shape shape) {
        var needs = new TreeMap<String, Long>();
        needs.put(Resource.THREADS.word(), (long) shape.vcpus());
        var memory = shape.pageMiB() == 0
                ? Resource.MEMORY_MIB.word()
                : Resource.HUGEPAGES_MIB.word() + ":" + shape.pageMiB();
        needs.put(memory, shape.memoryMiB());
        if (shape.diskGiB() > 0) needs.put(Resource.DISK_GIB.word(), shape.diskGiB());
        for (var gpus : shape.gpus()) needs.put(Resource.GPUS.word() + ":" + gpus.model(), (long) gpus.count());
        if (shape.virtualFunctions() > 0) needs.put(Resource.VIRTUAL_FUNCTIONS.word(), (long) shape.virtualFunctions());
        if (shape.bandwidthMbps() > 0) needs.put(Resource.BANDWIDTH_MBPS.word(), (long) shape.bandwidthMbps());
        return needs;
    }
}
