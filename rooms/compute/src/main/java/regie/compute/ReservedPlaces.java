package regie.compute;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Which places are kept free for whom. */
final class ReservedPlaces {
    private record For(String project, String flavor) {}

    private final Map<UUID, KeptFor> places = new HashMap<>();
    private final Map<For, SortedSet<UUID>> by = new HashMap<>();

    void clear() {
        places.clear();
        by.clear();
    }

    /** Nothing where somebody stands there. */
    void add(Occupancy.Seat seat) {
        seat.keptFor().ifPresent(keptFor -> {
            places.put(seat.guest().id(), keptFor);
            for (var project : keptFor.projects())
                by.computeIfAbsent(new For(project, keptFor.flavor()), _ -> new TreeSet<>())
                        .add(seat.guest().id());
        });
    }

    /** Nothing where it is none. */
    void remove(UUID place) {
        Optional.ofNullable(places.remove(place)).ifPresent(keptFor -> {
            for (var project : keptFor.projects()) {
                by.computeIfPresent(new For(project, keptFor.flavor()), (_, some) -> {
                    some.remove(place);
                    return some.isEmpty() ? null : some;
                });
            }
        });
    }

    boolean contains(UUID place) {
        return places.containsKey(place);
    }

    Set<UUID> all() {
        return Set.copyOf(places.keySet());
    }

    Collection<UUID> of(String project, String flavor) {
        var some = by.get(new For(project, flavor));
        return some == null ? List.of() : List.copyOf(some);
    }
}
