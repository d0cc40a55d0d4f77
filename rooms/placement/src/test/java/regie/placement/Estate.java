package regie.placement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Hosts and guests for tests, said in few words. */
final class Estate {
    final Inventory inventory = new Inventory();
    private final Placer placer = new Placer(inventory);
    private final Map<UUID, String> names = new HashMap<>();

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** A host at {@code site} with the given rooms, as {@code threads@0=16}. */
    static Host host(String name, Location location, String... rooms) {
        var list = new ArrayList<Room>();
        for (var room : rooms) {
            var parts = room.split("=", 2);
            list.add(new Room(Slot.parse(parts[0]), Long.parseLong(parts[1])));
        }
        return new Host(id(name), name, location, Map.of(), true, Optional.empty(), false, list);
    }

    /** One NUMA node. */
    static Host plain(String name, int threads, long memoryMiB) {
        return host(name, Location.at("par1"), "threads@0=" + threads, "memory@0=" + memoryMiB);
    }

    static Host labelled(Host host, Map<String, String> labels) {
        return new Host(
                host.id(),
                host.name(),
                host.location(),
                labels,
                host.open(),
                host.project(),
                host.overcommitted(),
                host.rooms());
    }

    static Host dedicated(Host host, String project) {
        return new Host(
                host.id(),
                host.name(),
                host.location(),
                host.labels(),
                host.open(),
                Optional.of(project),
                host.overcommitted(),
                host.rooms());
    }

    static Host overcommitted(Host host) {
        return new Host(
                host.id(),
                host.name(),
                host.location(),
                host.labels(),
                host.open(),
                host.project(),
                true,
                host.rooms());
    }

    static Guest guest(String name, Shape shape) {
        return new Guest(id(name), "shop", "", shape, Rules.NONE);
    }

    static Guest guest(String name, String group, Shape shape, Rules rules) {
        return new Guest(id(name), "shop", group, shape, rules);
    }

    Estate with(Host... hosts) {
        for (var host : hosts) {
            names.put(host.id(), host.name());
            inventory.put(host);
        }
        return this;
    }

    /** Chooses and seats; as text {@code HOST: SLOT AMOUNT, …}, or why not. */
    String place(Guest guest) {
        var choice = placer.choose(guest);
        choice.place().ifPresent(place -> inventory.seat(guest, place));
        return choice.place().map(this::text).orElseGet(() -> choice.why().toString());
    }

    /** The name of the host that was chosen and given the guest, or why there is none. */
    String hostOf(Guest guest) {
        return place(guest).replaceFirst(": threads.*", "");
    }

    String text(Place place) {
        return names.get(place.host()) + ": "
                + place.takes().stream()
                        .map(take -> take.slot() + " " + take.amount())
                        .collect(Collectors.joining(", "));
    }

    static Shape gpus(int vcpus, long memoryMiB, String model, int count, boolean near) {
        return new Shape(vcpus, memoryMiB, 0, 0, 0, "", List.of(new Gpus(model, count)), near, 0, 0, Cpu.SHARED);
    }
}
