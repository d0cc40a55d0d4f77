package regie.placement;

/** The inventory as it is. */
final class Now implements RuleCheck.Scene {
    private final Inventory inventory;

    Now(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public int members(String project, String group) {
        return inventory.crowds().of(project, group).members();
    }

    @Override
    public int in(String project, String group, int domain) {
        return inventory.crowds().of(project, group).all().of(domain);
    }

    @Override
    public int alone(String project, String group, int domain) {
        return inventory.crowds().of(project, group).alone().of(domain);
    }

    @Override
    public int least(Guest guest, Domain over) {
        var crowd = inventory.crowds().of(guest.project(), guest.group()).all();
        int least = Integer.MAX_VALUE;
        int end = Domains.first(over) + inventory.domains().span(over);
        for (int domain = Domains.first(over); domain < end; domain++) {
            int count = crowd.of(domain);
            if (count < least && mayGo(guest, domain)) least = count;
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    private boolean mayGo(Guest guest, int domain) {
        for (var host : inventory.domains().hosts(domain)) {
            if (Bar.first(guest, host.host()).isEmpty()) return true;
        }
        return false;
    }
}
