package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All that a plan is made from. What was seen in it may be stale.
 *
 * @param now the time of the look; a plan has no clock of its own
 * @param addresses how many addresses each site, by name, still has
 * @param crowds of each group that keeps apart: how many of its machines are on each server
 * @param fresh uids for new members, as many as the fleets lack
 */
record Census(
        Instant now,
        List<Host> hosts,
        Map<String, Integer> addresses,
        Map<String, Map<UUID, Integer>> crowds,
        List<FleetSeen> fleets,
        List<Machine> machines,
        List<UUID> fresh) {

    /** A fleet with all its members, whether they stand among {@link Census#machines} or not. */
    record FleetSeen(
            UUID uid,
            regie.kernel.Key key,
            FleetSpec spec,
            boolean deleting,
            Machine.Shape shape,
            FleetStatus status,
            List<Machine> members) {}
}
