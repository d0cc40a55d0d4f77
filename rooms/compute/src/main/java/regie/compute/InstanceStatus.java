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
        @About("what waits and why") List<Hold> holds)
        implements Status {
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

    public InstanceStatus {
        holds = List.copyOf(holds);
    }
}
