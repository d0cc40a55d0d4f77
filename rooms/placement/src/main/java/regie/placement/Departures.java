package regie.placement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The required rules that a guest can break by going away, though it has none itself: who must stand with its group, and how evenly
 * its group must stay spread. Collected once from all guests that have a place.
 */
final class Departures {
    private record Group(String project, String name) {}

    private final Map<Group, Set<Domain>> together = new HashMap<>();
    private final Map<Group, Map<Domain, Integer>> skews = new HashMap<>();
    private final Inventory inventory;

    Departures(Inventory inventory) {
        this.inventory = inventory;
        for (var guest : inventory.guests()) {
            for (var rule : guest.rules().together()) {
                if (!rule.required()) continue;
                together.computeIfAbsent(new Group(guest.project(), rule.group()), _ -> new HashSet<>())
                        .add(rule.over());
            }
            for (var rule : guest.rules().spread()) {
                if (!rule.required()) continue;
                skews.computeIfAbsent(new Group(guest.project(), guest.group()), _ -> new HashMap<>())
                        .merge(rule.over(), rule.maxSkew(), Math::min);
            }
        }
    }

    /** Whether somebody may stand in a domain only because {@code guest}, the last of its group there, did too; it is off its host already. */
    boolean needed(Guest guest, HostState from, HostState to) {
        var kinds = together.get(group(guest));
        if (kinds == null) return false;
        var counts = inventory.crowds().of(guest.project(), guest.group()).all();
        for (var kind : kinds) {
            int domain = from.domain(kind);
            if (domain != Domains.NONE && domain != to.domain(kind) && counts.of(domain) == 0) return true;
        }
        return false;
    }

    /** Whether the guest's group is spread less evenly than one of its members requires. */
    boolean skewed(Guest guest) {
        var rules = skews.get(group(guest));
        if (rules == null) return false;
        var scene = new Now(inventory);
        for (var rule : rules.entrySet()) {
            var counts = inventory.crowds().of(guest.project(), guest.group()).all();
            int most = 0;
            for (int at = counts.from(Domains.first(rule.getKey())); at < counts.size(); at++) {
                if (counts.key(at) < Domains.end(rule.getKey())) most = Math.max(most, counts.count(at));
            }
            if (most - scene.least(guest, rule.getKey()) > rule.getValue()) return true;
        }
        return false;
    }

    private static Group group(Guest guest) {
        return new Group(guest.project(), guest.group());
    }
}
