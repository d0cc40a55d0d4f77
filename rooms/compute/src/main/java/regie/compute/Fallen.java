package regie.compute;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.placement.Place;
import regie.placement.Return;
import regie.placement.Survival;

/** Where those return to whose hosts are dead: to the room that is held for them. Asked only where no promise would be kept otherwise. */
final class Fallen {
    private final Survival survival;
    private final Set<UUID> dead;
    private Map<UUID, Place> places = Map.of();
    private boolean known;

    Fallen(Occupancy occupancy) {
        survival = occupancy.survival();
        dead = occupancy.hosts().stream().filter(Host::dead).map(Host::server).collect(Collectors.toUnmodifiableSet());
    }

    /** What was known before somebody came or went is no longer to be relied upon. */
    void changed() {
        known = false;
    }

    /**
     * @param guest on one of those hosts, as the inventory has it
     * @return a place that fits beside all who stay; empty where there is none, or nobody promised it one
     */
    Optional<Place> place(UUID guest) {
        if (!known) {
            places = places();
            known = true;
        }
        return Optional.ofNullable(places.get(guest));
    }

    /** The loss of all of them at once, of those on which somebody still is: then it may be one that was foreseen. */
    private Map<UUID, Place> places() {
        var inventory = survival.inventory();
        var lost =
                dead.stream().filter(host -> !inventory.guests(host).isEmpty()).collect(Collectors.toSet());
        var found = new HashMap<UUID, Place>();
        for (var back : survival.afterLoss(lost).returns()) {
            if (back.foreseen() || promised(back)) found.put(back.guest(), back.place());
        }
        return found;
    }

    private boolean promised(Return back) {
        return survival.inventory()
                .guest(back.guest())
                .filter(guest -> !guest.rules().survives().isEmpty())
                .isPresent();
    }
}
