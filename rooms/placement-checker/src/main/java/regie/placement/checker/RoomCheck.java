package regie.placement.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.placement.Host;
import regie.placement.Slot;

/** No slot holds more than it has; nobody has anything of what isn't there. */
final class RoomCheck {
    private RoomCheck() {}

    static List<Violation> of(Map<UUID, Host> hosts, Collection<Seat> seats) {
        var violations = new ArrayList<Violation>();
        var left = new HashMap<UUID, Map<Slot, Long>>();
        for (var host : hosts.values()) {
            var slots = new HashMap<Slot, Long>();
            for (var room : host.rooms()) slots.merge(room.slot(), room.total(), Long::sum);
            left.put(host.id(), slots);
        }
        for (var seat : seats) take(seat, left, violations);
        left.forEach((host, slots) -> slots.forEach((slot, rest) -> {
            if (rest < 0) {
                violations.add(new Violation(
                        Violation.Sort.ROOM,
                        "%s of host %s is sold %d too much".formatted(slot, Words.name(hosts.get(host), host), -rest)));
            }
        }));
        return violations;
    }

    private static void take(Seat seat, Map<UUID, Map<Slot, Long>> left, List<Violation> violations) {
        var slots = left.get(seat.place().host());
        if (slots == null) {
            violations.add(new Violation(
                    Violation.Sort.ROOM,
                    "%s is on host %s, which isn't there"
                            .formatted(Words.name(seat.guest()), seat.place().host())));
            return;
        }
        for (var take : seat.place().takes()) {
            var rest = slots.get(take.slot());
            if (rest == null || take.amount() <= 0) {
                violations.add(new Violation(
                        Violation.Sort.ROOM,
                        "%s takes %d of %s, of which its host %s"
                                .formatted(
                                        Words.name(seat.guest()),
                                        take.amount(),
                                        take.slot(),
                                        rest == null ? "has none" : "gives 1 at least")));
            } else {
                slots.put(take.slot(), rest - take.amount());
            }
        }
    }
}
