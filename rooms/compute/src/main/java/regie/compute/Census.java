package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Key;

/**
 * All that a plan is made from. What was seen in it may be stale.
 *
 * @param now the time of the look; a plan has no clock of its own
 * @param occupancy the hosts and who stands on them; a plan leaves it as it was
 * @param addresses how many addresses each site, by name, still has
 * @param quotas of each project that bounds something: what is used of it
 * @param fresh uids for new members, as many as the fleets lack
 */
record Census(
        Instant now,
        Occupancy occupancy,
        Map<String, Integer> addresses,
        List<FleetSeen> fleets,
        List<Machine> machines,
        Map<String, Map<Quota, Allowance.Use>> quotas,
        List<UUID> fresh) {

    /** @param hold what the next machine waits for */
    record Away(List<BurstMachine> machines, Optional<regie.kernel.Hold> hold) {
        static final Away NOTHING = new Away(List.of(), Optional.empty());
    }

    /**
     * A fleet with all its members, whether they stand among {@link Census#machines} or not.
     *
     * @param taken of the {@link FleetPlanner#names} of new members, those that other instances have
     * @param good what the {@link FleetStatus#fallback} comes to; empty where what it needs is gone
     * @param health what probes say of the members
     * @param samples of the metric that its size follows, in no order
     * @param kept the site to which the next member of a name has to come, for what is kept for it is there
     * @param away what it has in a public cloud
     * @param before the last restart of the fleet after which this one is to be restarted
     */
    record FleetSeen(
            UUID uid,
            Key key,
            FleetSpec spec,
            boolean deleting,
            Machine.Shape shape,
            FleetStatus status,
            List<Machine> members,
            Set<Key> taken,
            Optional<Machine.Shape> good,
            Health health,
            List<MetricSample> samples,
            Map<String, String> kept,
            Away away,
            Optional<RestartStatus> before) {
        FleetSeen(
                UUID uid,
                Key key,
                FleetSpec spec,
                boolean deleting,
                Machine.Shape shape,
                FleetStatus status,
                List<Machine> members,
                Set<Key> taken) {
            this(
                    uid,
                    key,
                    spec,
                    deleting,
                    shape,
                    status,
                    members,
                    taken,
                    Optional.empty(),
                    Health.UNASKED,
                    List.of(),
                    Map.of(),
                    Away.NOTHING,
                    Optional.empty());
        }
    }
}
