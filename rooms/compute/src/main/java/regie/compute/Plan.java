package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Hold;

/**
 * What is to be done, in order, and what is to be shown of each machine and fleet afterwards.
 *
 * @param views of each machine looked at; the host and the address are added by whoever carries the plan out
 * @param fleets the new status of each fleet looked at
 */
record Plan(List<Step> steps, Map<UUID, View> views, Map<UUID, FleetStatus> fleets) {
    /** At most this many new members in one plan; a larger fleet takes several. */
    static final int ENLISTED_MAX = 1_000;

    /**
     * @param lastMigration how the last move went
     * @param moveRequests number of the newest request to move that was taken up
     */
    record View(
            InstanceStatus.Stage stage,
            Optional<Instant> since,
            int failures,
            List<Hold> holds,
            Optional<InstanceStatus.Moved> lastMigration,
            int moveRequests) {
        static View of(InstanceStatus status) {
            return new View(
                    status.stage(),
                    status.since(),
                    status.failures(),
                    List.of(),
                    status.lastMigration(),
                    status.moveRequests());
        }

        /** The same stage keeps its time. */
        View to(InstanceStatus.Stage next, Instant now) {
            return next == stage
                    ? this
                    : new View(next, Optional.of(now), failures, holds, lastMigration, moveRequests);
        }

        View because(Hold... reasons) {
            return because(List.of(reasons));
        }

        View because(List<Hold> reasons) {
            return new View(stage, since, failures, reasons, lastMigration, moveRequests);
        }

        View failures(int count) {
            return new View(stage, since, count, holds, lastMigration, moveRequests);
        }

        View requested(int number) {
            return new View(stage, since, failures, holds, lastMigration, number);
        }

        View moved(InstanceStatus.Moved how) {
            return new View(stage, since, failures, holds, Optional.of(how), moveRequests);
        }
    }
}
