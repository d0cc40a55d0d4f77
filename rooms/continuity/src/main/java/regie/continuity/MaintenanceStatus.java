package regie.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Hold;
import regie.kernel.Status;

/** How far a maintenance has come. */
public record MaintenanceStatus(
        @About("how far it has come") Phase phase,
        @About("servers in its scope") int servers,
        @About("of these, those that need nothing more") int finished,

        @About("the longest standstill of a machine that was moved, in milliseconds, where the engine knows")
        Optional<Long> longestDowntimeMillis,

        @About("when the first server was taken out") Optional<Instant> begun,
        @About("when nothing was left to do") Optional<Instant> ended,

        @About("its servers: those that are out, those that did not come back, then the others; at most 200")
        List<Server> hosts,

        @About("machines that had to leave, the newest first; at most 500")
        List<Machine> machines,

        @About("what waits, and why") List<Hold> holds)
        implements Status {
    static final int SERVERS_SHOWN = 200;
    static final int MACHINES_SHOWN = 500;

    static final MaintenanceStatus FRESH = new MaintenanceStatus(
            Phase.PENDING, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

    public enum Phase {
        /** Nothing was taken out yet. */
        PENDING,
        UNDER_WAY,
        PAUSED,
        /** A server did not come back. */
        STOPPED,
        DONE,
        CANCELLED;

        boolean ended() {
            return this == DONE || this == CANCELLED;
        }
    }

    public record Server(
            @About("its name") String name,
            @About("how far it has come") MaintenanceStage stage,
            @About("since when") Instant since,
            @About("machines that still run there") int machines,

            @About("what is to be said of it, such as why its turn can't come; may be empty")
            String note) {}

    public record Machine(
            @About("PROJECT/NAME of the instance") String instance,
            @About("name of the server it was on") String from,
            @About("name of the server it is on now") Optional<String> to,
            @About("how it went") Outcome outcome,

            @About("how long its move took, from the decision until it was settled")
            Optional<Double> seconds,

            @About("how long its virtual CPUs stood still, where the engine knows")
            Optional<Long> downtimeMillis) {}

    public enum Outcome {
        /** It is to leave, or on its way. */
        LEAVING,
        /** It runs elsewhere. */
        MOVED,
        /** It is shut off, and switched on when its server is back. */
        STOPPED,
        /** Its server was given back before it left, or it is back on it. */
        STAYED,
        /** It was deleted or replaced. */
        GONE
    }

    public MaintenanceStatus {
        hosts = List.copyOf(hosts);
        machines = List.copyOf(machines);
        holds = List.copyOf(holds);
    }
}
