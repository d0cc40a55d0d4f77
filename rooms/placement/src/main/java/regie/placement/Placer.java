package regie.placement;

/**
 * Chooses a host for a guest. The same hosts, guests and held room give the same choice, in whatever order they came.
 */
public final class Placer {
    private final Inventory inventory;
    private final Fit fit = new Fit();

    public Placer(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Looks, and seats nobody. The guest must not have a place. */
    public Choice choose(Guest guest) {
        var scene = new Now(inventory);
        for (var host : inventory.states()) {
            if (Bar.first(guest, host.host()).isPresent()) continue;
            if (!fit.fits(host.layout(), host.free(), guest.shape())) continue;
            if (RuleCheck.broken(guest, host, scene).isPresent()) continue;
            return Choice.of(new Place(host.host().id(), fit.takes(host.layout())));
        }
        return Choice.none(Tally.why(guest, inventory));
    }
}
