package regie.compute;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What probes say of a fleet's members.
 *
 * @param asked whether the fleet is probed at all
 * @param healthy those that gave the right answer, and have not missed too often since
 * @param served those that gave it at least once
 * @param ill why each of the others that missed too often is to be replaced
 */
record Health(boolean asked, Set<UUID> healthy, Set<UUID> served, Map<UUID, String> ill) {
    static final Health UNASKED = new Health(false, Set.of(), Set.of(), Map.of());

    static Health of(Map<UUID, HealthLedger.Seen> seen) {
        var healthy = seen.entrySet().stream()
                .filter(each -> each.getValue().healthy())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        var served = seen.entrySet().stream()
                .filter(each -> each.getValue().served())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        var ill = seen.entrySet().stream()
                .filter(each -> each.getValue().ill())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().detail()));
        return new Health(true, healthy, served, ill);
    }

    /** Whether nothing is known against the service of a member that runs. */
    boolean serves(UUID member) {
        return !asked || healthy.contains(member);
    }
}
