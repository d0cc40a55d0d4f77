package regie.placement;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What may be given to guests, and where it stands.
 *
 * @param name unique over all hosts
 * @param open whether it may be given guests now; those that it has stay
 * @param project the only project it takes guests of; absent where it takes those of any
 * @param overcommitted it takes guests without guaranteed threads, and no others
 * @param rooms one for each slot, in the order of slots
 */
public record Host(
        UUID id,
        String name,
        Location location,
        Map<String, String> labels,
        boolean open,
        Optional<String> project,
        boolean overcommitted,
        List<Room> rooms) {
    static final int ROOMS_MAX = 1024;
    static final int NODES_MAX = 64;

    public Host {
        Wrong.unless(!name.isEmpty(), "name", name, "the name of the host");
        labels = Map.copyOf(labels);
        rooms = rooms.stream()
                .sorted((one, other) -> one.slot().compareTo(other.slot()))
                .toList();
        Wrong.unless(rooms.size() <= ROOMS_MAX, "rooms", rooms.size(), "at most " + ROOMS_MAX);
        long nodes = rooms.stream()
                .filter(room -> room.slot().resource().ofNode())
                .map(room -> room.slot().node())
                .distinct()
                .count();
        Wrong.unless(nodes <= NODES_MAX, "rooms", nodes + " NUMA nodes", "at most " + NODES_MAX);
        var slots = new HashSet<Slot>();
        for (var room : rooms) Wrong.unless(slots.add(room.slot()), "rooms", room.slot(), "each slot once");
    }

    /** The same host, open to new guests or closed to them. */
    public Host opened(boolean nowOpen) {
        return new Host(id, name, location, labels, nowOpen, project, overcommitted, rooms);
    }
}
