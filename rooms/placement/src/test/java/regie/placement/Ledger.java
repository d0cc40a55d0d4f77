package regie.placement;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import regie.kernel.Check;

/** What a test itself wrote down of hosts and guests. Knows only the public records, and does its own sums. */
final class Ledger {
    final Map<UUID, Host> hosts = new TreeMap<>();
    final Map<UUID, Guest> guests = new LinkedHashMap<>();
    final Map<UUID, Place> places = new HashMap<>();
    final Map<UUID, Map<Slot, Long>> held = new HashMap<>();

    long free(Host host, Slot slot) {
        return total(host, slot) - used(host, slot) - heldOf(host, slot);
    }

    long total(Host host, Slot slot) {
        return host.rooms().stream()
                .filter(room -> room.slot().equals(slot))
                .mapToLong(Room::total)
                .sum();
    }

    long used(Host host, Slot slot) {
        return places.values().stream()
                .filter(place -> place.host().equals(host.id()))
                .flatMap(place -> place.takes().stream())
                .filter(take -> take.slot().equals(slot))
                .mapToLong(Take::amount)
                .sum();
    }

    long heldOf(Host host, Slot slot) {
        return held.getOrDefault(host.id(), Map.of()).getOrDefault(slot, 0L);
    }

    /** The guests of a group that have a place. */
    List<Guest> members(String project, String group) {
        return guests.values().stream()
                .filter(each -> each.project().equals(project) && each.group().equals(group))
                .toList();
    }

    Host hostOf(Guest guest) {
        return Check.present(hosts.get(placeOf(guest).host()));
    }

    Place placeOf(Guest guest) {
        return Check.present(places.get(guest.id()));
    }

    /** What the host is part of, as text; empty where it is in no domain of that kind. */
    static Stream<String> domain(Host host, Domain kind) {
        var at = host.location();
        var unknown = "unknown at " + at.site();
        return switch (kind) {
            case HOST -> Stream.of(host.name());
            case RACK -> Stream.of(at.rack().isEmpty() ? unknown : "=" + at.rack());
            case FEED ->
                switch (at.feeds().size()) {
                    case 0 -> Stream.of(unknown);
                    case 1 -> Stream.of("=" + at.feeds().getFirst());
                    default -> Stream.empty();
                };
            case SWITCH_PAIR -> Stream.of(at.switches().isEmpty() ? unknown : "=" + at.switches());
            case ROOM -> Stream.of(at.room().isEmpty() ? unknown : "=" + at.room());
            case SITE -> Stream.of(at.site());
        };
    }
}
