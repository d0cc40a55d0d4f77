package regie.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Location;
import regie.placement.Placer;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;

/**
 * How many more machines of a shape go on hosts: counted by filling each with the placer itself until it takes no more. Without rules
 * hosts don't mind each other, so each is filled alone, and hosts with the same room left are filled once.
 */
final class RoomLeft {
    private static final UUID HOST = new UUID(0, 0);

    private final Inventory inventory;
    private final Map<Filling, Integer> filled = new HashMap<>();

    private record Filling(Shape shape, boolean overcommitted, List<Room> rooms) {}

    RoomLeft(Inventory inventory) {
        this.inventory = inventory;
    }

    /** @param which hosts to look at */
    int fits(Shape shape, boolean alsoHeld, Predicate<Host> which) {
        int fits = 0;
        for (var host : inventory.hosts()) if (which.test(host)) fits += fits(shape, alsoHeld, host);
        return fits;
    }

    int fits(Shape shape, boolean alsoHeld, Host host) {
        var rooms = new ArrayList<Room>();
        for (var room : host.rooms()) rooms.add(new Room(room.slot(), left(host, room, alsoHeld)));
        return fill(new Filling(shape, host.overcommitted(), rooms));
    }

    /** How many go on {@code host} where it is empty. */
    int fitsEmpty(Shape shape, Host host) {
        return fill(new Filling(shape, host.overcommitted(), host.rooms()));
    }

    private long left(Host host, Room room, boolean alsoHeld) {
        long free = inventory.free(host.id(), room.slot());
        if (alsoHeld) free += inventory.held(host.id(), room.slot());
        return Math.max(0, free);
    }

    private int fill(Filling filling) {
        var known = filled.get(filling);
        if (known != null) return known;
        int count = count(filling);
        filled.put(filling, count);
        return count;
    }

    private static int count(Filling filling) {
        var alone = new Inventory();
        alone.put(new Host(
                HOST,
                "host",
                Location.at("site"),
                Map.of(),
                true,
                Optional.empty(),
                filling.overcommitted(),
                filling.rooms()));
        var placer = new Placer(alone);
        int count = 0;
        while (true) {
            var guest = new Guest(new UUID(1, count), "project", "", filling.shape(), Rules.NONE);
            var place = placer.choose(guest).place();
            if (place.isEmpty()) return count;
            alone.seat(guest, place.get());
            count++;
        }
    }
}
