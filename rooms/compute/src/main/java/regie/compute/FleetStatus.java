package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Hold;
import regie.kernel.Status;

/** How a fleet stands. What came after the first release is optional: a status that an older room wrote lacks it. */
public record FleetStatus(
        @About("members that are not being taken down") int members,
        @About("members that run, as their hosts say") int running,

        @About("number of the next member; names are never used again")
        long nextOrdinal,

        @About("rounds of failures since a member last ran") int failures,
        @About("no new members before this") Optional<Instant> restUntil,
        @About("what the last failure said") String lastFailure,
        @About("what waits and why") List<Hold> holds,

        @About("how many members are wanted now") Optional<Integer> wanted,

        @About("members in every state, those that leave too")
        Optional<Integer> total,

        @About("what stops it where its members fail") Optional<BreakerStatus> breaker,
        @About("what its members are made from") Optional<RevisionStatus> revision,
        @About("the last restart of all members") Optional<RestartStatus> restart,
        @About("what it has in a public cloud") Optional<BurstStatus> burst)
        implements Status {
    static final FleetStatus FRESH = new FleetStatus(0, 0, 1, 0, Optional.empty(), "", List.of());

    public FleetStatus {
        holds = List.copyOf(holds);
    }

    FleetStatus(
            int members,
            int running,
            long nextOrdinal,
            int failures,
            Optional<Instant> restUntil,
            String lastFailure,
            List<Hold> holds) {
        this(
                members,
                running,
                nextOrdinal,
                failures,
                restUntil,
                lastFailure,
                holds,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    BreakerStatus breakerOrClosed() {
        return breaker.orElse(BreakerStatus.CLOSED);
    }

    /** The template to go back to, or that was gone back to. */
    Optional<InstanceTemplate> fallback() {
        return revision.flatMap(RevisionStatus::fallback);
    }

    /** Whether its members have yet to run long enough to be what it can go back to. */
    private boolean isUnproven() {
        return wanted.orElse(0) > 0 && revision.flatMap(RevisionStatus::proven).isEmpty();
    }

    /** Whether the next step of a rollout or a restart is still to come, or time alone changes what can be said of it. */
    boolean underWay() {
        return isUnproven()
                || revision.flatMap(RevisionStatus::rollout).isPresent()
                || restart.filter(RestartStatus::open).isPresent();
    }
}
