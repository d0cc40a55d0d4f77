package regie.estate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Hold;
import regie.kernel.Status;

/** What is known of a server by its agent. */
public record ServerStatus(
        @About("whether its agent is heard") Presence presence,
        @About("since when it is so") Optional<Instant> since,

        @About("what its agent says it can give to guests, those it runs included; absent until it has spoken")
        Optional<Capacity> offered,

        @About("what waits, and why") List<Hold> holds)
        implements Status {
    /** No agent of this server has ever been heard. */
    public static final ServerStatus UNKNOWN =
            new ServerStatus(Presence.UNKNOWN, Optional.empty(), Optional.empty(), List.of());

    public enum Presence {
        UNKNOWN,
        UP,
        /** Was heard once and is no longer. Its guests may be running. */
        SILENT,
        /** Silent, and missed by whoever else might hear it: proof is looked for that nothing of it runs. The holds say which. */
        SUSPECT,
        /** Proven: nothing of it runs, and its machines may be started elsewhere. The holds say by what. */
        DEAD,
        /** Speaks, and is not believed: another machine under its name, or an agent that does not fit. The holds say which. */
        REFUSED
    }

    public ServerStatus {
        holds = List.copyOf(holds);
    }
}
