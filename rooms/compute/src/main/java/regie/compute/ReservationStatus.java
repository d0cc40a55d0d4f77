package regie.compute;

import java.util.List;
import regie.kernel.About;
import regie.kernel.Hold;
import regie.kernel.Status;

/** What a reservation keeps free, and what of it is used. */
public record ReservationStatus(
        @About("active until its end, then expired") State state,

        @About("places that are free, with their room taken")
        int reserved,

        @About("places that machines use") int used,

        @About("places for which no room was found yet; holds says why")
        int waiting,

        @About("what waits and why") List<Hold> holds)
        implements Status {
    public enum State {
        ACTIVE,
        EXPIRED
    }

    static final ReservationStatus FRESH = new ReservationStatus(State.ACTIVE, 0, 0, 0, List.of());

    public ReservationStatus {
        holds = List.copyOf(holds);
    }
}
