package regie.packing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import regie.placement.Apart;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Location;
import regie.placement.Place;
import regie.placement.Placer;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Spread;
import regie.placement.Together;

/** Hosts with two NUMA nodes in a few racks, some closed, some with room held, and guests with every kind of required rule. */
final class World {
    private final Random random;
    final long seed;
    final Inventory inventory = new Inventory();
    final List<Host> hosts = new ArrayList<>();

    World(long seed) {
        this.seed = seed;
        random = new Random(seed);
        int count = 4 + random.nextInt(8);
        for (int at = 0; at < count; at++) hosts.add(host(at));
        hosts.forEach(inventory::put);
        var placer = new Placer(inventory);
        for (int at = 0; at < count * 6; at++) {
            var guest = guest(at);
            placer.choose(guest).place().ifPresent(place -> inventory.seat(guest, place));
        }
        for (var guest : List.copyOf(inventory.guests())) if (random.nextInt(3) == 0) leave(guest);
        for (var host : hosts) {
            long free = inventory.free(host.id(), Slot.threads(0));
            if (free > 0 && random.nextInt(4) == 0)
                inventory.hold(host.id(), Slot.threads(0), 1 + random.nextLong(free));
            if (random.nextInt(8) == 0) inventory.put(host.opened(false));
        }
    }

    Map<UUID, Place> places() {
        var places = new HashMap<UUID, Place>();
        for (var guest : inventory.guests())
            places.put(guest.id(), inventory.place(guest.id()).orElseThrow());
        return places;
    }

    /** Only who takes no part in rules, so that the world stays one in which no rule is broken. */
    private void leave(Guest guest) {
        if (guest.group().isEmpty()) inventory.unseat(guest.id());
    }

    private Host host(int number) {
        var rooms = new ArrayList<Room>();
        for (int node = 0; node < 2; node++) {
            rooms.add(new Room(Slot.threads(node), 16));
            rooms.add(new Room(Slot.memory(node), 65_536));
        }
        var location = Location.at("par1").inRack("rack" + number % 3);
        return new Host(new UUID(1, number), "h" + number, location, Map.of(), true, Optional.empty(), false, rooms);
    }

    private Guest guest(int number) {
        int vcpus = List.of(1, 2, 4, 8).get(random.nextInt(4));
        int nodes = vcpus > 1 ? random.nextInt(3) : 0;
        var shape = new Shape(vcpus, vcpus * 2048L, 0, nodes, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
        var group = random.nextInt(2) == 0 ? "" : "g" + random.nextInt(3);
        return new Guest(new UUID(2, number), "shop", group, shape, rules(group));
    }

    private Rules rules(String group) {
        return switch (group) {
            case "g0" -> Rules.NONE.withApart(new Apart(Domain.HOST, true));
            case "g1" -> Rules.NONE.withSpread(new Spread(Domain.RACK, 2, true));
            case "g2" -> Rules.NONE.withTogether(new Together("g1", Domain.RACK, true));
            default -> Rules.NONE;
        };
    }
}
