package regie.packing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.placement.Cpu;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Location;
import regie.placement.Place;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Take;

/** A cluster as placement sees it. What a snapshot says of free memory counts, also where its guests add up to something else. */
final class ClusterInventory {
    private final Inventory inventory = new Inventory();
    private final Map<UUID, String> names = new HashMap<>();
    private final Set<UUID> movable = new HashSet<>();

    ClusterInventory(Path file, Cluster cluster) throws IOException {
        var totals = new HashMap<String, Map<Integer, long[]>>();
        for (var host : cluster.hosts()) {
            var nodes = new HashMap<Integer, long[]>();
            for (var node : host.nodes()) nodes.put(node.number(), new long[] {node.freeCores(), node.freeMiB()});
            totals.put(host.name(), nodes);
        }
        for (var instance : cluster.instances()) {
            for (var part : instance.parts()) {
                var node = totals.getOrDefault(instance.host(), Map.of()).get(part.node());
                if (node == null) throw new Malformed(file, instance.name(), "a host_id and node that are there");
                node[0] += part.cores();
                node[1] += part.memoryMiB();
            }
        }
        for (var host : cluster.hosts()) inventory.put(host(host, totals.getOrDefault(host.name(), Map.of())));
        for (var instance : cluster.instances()) seat(instance);
    }

    Inventory inventory() {
        return inventory;
    }

    boolean movable(Guest guest) {
        return movable.contains(guest.id());
    }

    /** What the snapshot calls a host or a guest. */
    String name(UUID id) {
        return names.getOrDefault(id, id.toString());
    }

    private Host host(Cluster.Machine host, Map<Integer, long[]> totals) {
        var rooms = new ArrayList<Room>();
        totals.forEach((node, total) -> {
            rooms.add(new Room(Slot.threads(node), total[0]));
            rooms.add(new Room(Slot.memory(node), total[1]));
        });
        var location = Location.at("site").inRack(host.rack());
        return new Host(id(host.name()), host.name(), location, Map.of(), true, Optional.empty(), false, rooms);
    }

    /** A guest on several nodes stays split over as many. */
    private void seat(Cluster.Instance instance) {
        var shape = new Shape(
                instance.cores(),
                instance.memoryMiB(),
                0,
                instance.parts().size(),
                0,
                "",
                List.of(),
                false,
                0,
                0,
                Cpu.SHARED);
        var guest = new Guest(id(instance.name()), "cluster", "", shape, Rules.NONE);
        var takes = new ArrayList<Take>();
        for (var part : instance.parts()) {
            takes.add(new Take(Slot.threads(part.node()), part.cores()));
            takes.add(new Take(Slot.memory(part.node()), part.memoryMiB()));
        }
        inventory.seat(guest, new Place(id(instance.host()), takes));
        if (instance.movable()) movable.add(guest.id());
    }

    private UUID id(String name) {
        var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        names.put(id, name);
        return id;
    }
}
