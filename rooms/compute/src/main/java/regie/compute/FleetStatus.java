package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Hold;
import regie.kernel.Status;

/** How a fleet stands. */
public record FleetStatus(
        @About("members that are not being taken down") int members,
        @About("members that run, as their hosts say") int running,

        @About("number of the next member; names are never used again")
        long nextOrdinal,

        @About("rounds of failures since a member last ran") int failures,
        @About("no new members before this") Optional<Instant> restUntil,
        @About("what the last failure said") String lastFailure,
        @About("what waits and why") List<Hold> holds)
        implements Status {
    static final FleetStatus FRESH = new FleetStatus(0, 0, 1, 0, Optional.empty(), "", List.of());

    public FleetStatus {
        holds = List.copyOf(holds);
    }

    FleetStatus rested() {
        return new FleetStatus(members, running, nextOrdinal, 0, Optional.empty(), "", holds);
    }

    FleetStatus resting(int rounds, Instant until, String detail) {
        return new FleetStatus(members, running, nextOrdinal, rounds, Optional.of(until), detail, holds);
    }
}
