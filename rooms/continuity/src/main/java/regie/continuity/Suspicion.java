package regie.continuity;

import java.time.Instant;
import java.util.Set;

/**
 * A host that is missed.
 *
 * @param since when it was last heard by nobody who misses it
 * @param missedBy paths on which it is not heard
 * @param watchedBy paths on which it would be heard; a host without neighbours has but one
 */
public record Suspicion(Instant since, Set<Path> missedBy, Set<Path> watchedBy) {
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
