package regie.placement;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Chooses a host for a guest. The same hosts, guests and held room give the same choice, in whatever order they came.
 */
public final class Placer {
    private static final Search.Acceptance ANY = (_, _) -> true;

    private final Inventory inventory;
    private final Search search;
    private final Tally tally;

    public Placer(Inventory inventory) {
        this.inventory = inventory;
        var eligible = new Eligible(inventory.index());
        var groups = new GroupRules(inventory);
        search = new Search(inventory, eligible, groups);
        tally = new Tally(inventory, eligible, groups);
    }

    /** Looks, and seats nobody. The guest must not have a place. */
    public Choice choose(Guest guest) {
        return choose(guest, ANY, "overlooked");
    }

    /** Whether the host is of a nature to take the guest, room and groups aside. */
    public boolean letsIn(Guest guest, UUID host) {
        return Bar.first(guest, inventory.state(host).host()).isEmpty();
    }

    /** What the host would give a guest of this shape, whatever rules say and whether it is open; empty where it lacks the room. */
    public Optional<Place> fit(Shape shape, UUID host) {
        var state = inventory.state(host);
        var fit = new Fit();
        return fit.fits(state.layout(), state.free(), shape)
                ? Optional.of(new Place(host, fit.takes(state.layout())))
                : Optional.empty();
    }

    /** As {@link #fit(Shape, UUID)}, with threads and memory of these NUMA nodes alone. */
    public Optional<Place> fit(Shape shape, UUID host, Set<Integer> nodes) {
        var state = inventory.state(host);
        var free = state.free().clone();
        for (int at = 0; at < free.length; at++) {
            var slot = state.layout().slot(at);
            if (slot.resource().ofNode() && !nodes.contains(slot.node())) free[at] = 0;
        }
        var fit = new Fit();
        return fit.fits(state.layout(), free, shape)
                ? Optional.of(new Place(host, fit.takes(state.layout())))
                : Optional.empty();
    }

    /** @param refused why those were not taken that {@code acceptance} refused, such as {@code without a place to return to} */
    Choice choose(Guest guest, Search.Acceptance acceptance, String refused) {
        var found = find(guest, acceptance);
        return found.map(Choice::of).orElseGet(() -> Choice.none(why(guest, refused)));
    }

    /** The place without the reasons, for those who ask often and need no words. */
    Optional<Place> find(Guest guest, Search.Acceptance acceptance) {
        return search.find(guest, acceptance, inventory.index().fresh(inventory));
    }

    private Why why(Guest guest, String refused) {
        return tally.why(guest, refused, inventory.index().fresh(inventory));
    }
}
