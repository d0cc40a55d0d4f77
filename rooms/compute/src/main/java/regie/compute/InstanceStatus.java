package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Hold;
import regie.kernel.Status;

/** Where an instance is, and how it is. */
public record InstanceStatus(
        @About("its stage of life") Stage stage,
        @About("since when it is in this stage") Optional<Instant> since,
        @About("name of the server it is on") Optional<String> host,
        @About("site of that server") Optional<String> site,
        @About("its address") Optional<String> address,

        @About("grows each time it is started anew on a host")
        long epoch,

        @About("starts that failed in a row") int failures,
        @About("what waits and why") List<Hold> holds,

        @About("where it is on its way to, while it changes its server")
        Optional<Moving> migration,

        @About("how its last live migration went") Optional<Moved> lastMigration,

        @About("number of the newest request to migrate it that was taken up")
        int moveRequests,

        @About("how it stands with the hook of its fleet that it came to last")
        Optional<HookStatus> hook)
        implements Status {
    public record Moving(
            @About("name of the server it is moving to") String to,
            @About("how far it has come") MovePhase stage,
            @About("when it began") Instant since) {}

    /** @param at when it was settled */
    public record Moved(
            @About("name of the server it was on") String from,

            @About("name of the server it was to move to; empty where none would take it")
            String to,

            @About("when it was settled") Instant at,

            @About("how long it took, from the decision until it was settled")
            double seconds,

            @About("how long its virtual CPUs stood still, where the engine knows")
            Optional<Long> downtimeMillis,

            @About("why it stayed where it was; absent where it moved")
            Optional<String> failure) {}

    InstanceStatus(
            Stage stage,
            Optional<Instant> since,
            Optional<String> host,
            Optional<String> site,
            Optional<String> address,
            long epoch,
            int failures,
            List<Hold> holds) {
        this(
                stage,
                since,
                host,
                site,
                address,
                epoch,
                failures,
                holds,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    public enum Stage {
        /** It has no place yet; {@code holds} says why. */
        PENDING,
        /** Its host was told to start it. */
        STARTING,
        RUNNING,
        /** Its host was told to shut it off. */
        STOPPING,
        STOPPED,
        /** It ended by itself, or could not start. */
        FAILED,
        /** It is being taken off its host. */
        LEAVING
    }

    static final InstanceStatus FRESH = new InstanceStatus(
            Stage.PENDING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, List.of());

    InstanceStatus hooked(Optional<HookStatus> how) {
        return new InstanceStatus(
                stage, since, host, site, address, epoch, failures, holds, migration, lastMigration, moveRequests, how);
    }

    public InstanceStatus {
        holds = List.copyOf(holds);
    }
}
