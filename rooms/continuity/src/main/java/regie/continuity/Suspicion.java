package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A host that is missed.
 *
 * @param since when it was missed on the last of these paths: a line that broke long ago says nothing of the other
 * @param missedBy paths on which it is not heard
 * @param watchedBy paths on which it would be heard; a host without neighbours has but one
 * @param grace how long a pause of it may be that costs no guest: before, its power is not cut and its lease not refused
 */
public record Suspicion(Instant since, Set<Path> missedBy, Set<Path> watchedBy, Duration grace) {
    /** How beats come: paths that share as little as can be. */
    public enum Path {
        ROOM,
        MESH
    }

    public Suspicion {
        missedBy = Set.copyOf(missedBy);
        watchedBy = Set.copyOf(watchedBy);
    }

    /** Whether nobody at all hears it. */
    boolean byAll() {
        return missedBy.containsAll(watchedBy);
    }

    /** Whether the room is the only one who could hear it: then a broken line looks as a death does. */
    boolean byOneAlone() {
        return watchedBy.size() == 1;
    }
}
