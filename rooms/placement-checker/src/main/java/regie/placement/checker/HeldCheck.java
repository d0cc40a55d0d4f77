package regie.placement.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Place;
import regie.placement.Slot;

/** Holds what is kept back of hosts against what each failure, by itself, brings there: as much as the worst needs, and beside all guests. */
final class HeldCheck {
    private final Inventory inventory;
    private final Map<UUID, Map<Slot, Long>> worst = new HashMap<>();

    HeldCheck(Inventory inventory) {
        this.inventory = inventory;
    }

    /** What is held is there beside what guests have. */
    List<String> there() {
        var wrong = new ArrayList<String>();
        for (var host : inventory.hosts()) {
            for (var room : host.rooms()) {
                long held = inventory.held(host.id(), room.slot());
                long claimed = inventory.claimed(host.id(), room.slot());
                if (held + claimed > room.total()) {
                    wrong.add("%s of %s has %d, guests have %d and %d are held"
                            .formatted(room.slot(), host.name(), room.total(), claimed, held));
                }
            }
        }
        return wrong;
    }

    /** @param foreseen all that return to room of their own after one failure */
    List<String> covers(Collection<Place> foreseen) {
        var brought = new HashMap<UUID, Map<Slot, Long>>();
        for (var place : foreseen) {
            var slots = brought.computeIfAbsent(place.host(), _ -> new HashMap<>());
            for (var take : place.takes()) slots.merge(take.slot(), take.amount(), Long::sum);
        }
        var wrong = new ArrayList<String>();
        brought.forEach((host, slots) -> slots.forEach((slot, amount) -> {
            worst.computeIfAbsent(host, _ -> new HashMap<>()).merge(slot, amount, Math::max);
            long held = inventory.held(host, slot);
            if (amount > held) wrong.add("%d of %s of %s are brought, %d held".formatted(amount, slot, host, held));
        }));
        return wrong;
    }

    /** After all failures were seen, and where nobody is to survive several hosts: nothing is held that none of them needs. */
    List<String> exact() {
        var wrong = new ArrayList<String>();
        for (var host : inventory.hosts()) for (var room : host.rooms()) exact(host, room.slot(), wrong);
        return wrong;
    }

    private void exact(Host host, Slot slot, List<String> wrong) {
        long held = inventory.held(host.id(), slot);
        long needed = worst.getOrDefault(host.id(), Map.of()).getOrDefault(slot, 0L);
        if (held > needed)
            wrong.add("%d of %s of %s are held, the worst failure needs %d".formatted(held, slot, host.name(), needed));
    }
}
