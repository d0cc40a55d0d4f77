package regie.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.compute.Death;
import regie.kernel.About;

/** Which servers are dead or may be, and by what it is known. */
public record DeathsAnswer(
        @About("what is suspected, and what came of it; those that are open first, then the newest")
        List<Verdict> verdicts,

        @About("deaths, the newest first") List<Death> deaths) {

    /** What was suspected of a server, what was done about it, and how it ended. */
    public record Verdict(
            @About("grows with each verdict") long number,
            @About("name of the server") String server,
            @About("its site") String site,
            @About("since when it is missed") Instant suspected,

            @About(
                    "from when on it was granted no lease, and its power might be cut; absent where it did not come to that")
            Optional<Instant> condemned,

            @About("when its controller was last told to cut its power")
            Optional<Instant> toldOff,

            @About("what its controller said last: on, off, or fault")
            Optional<String> power,

            @About("why its controller is of no help; empty where it is")
            String fault,

            @About("when it ended; absent: it is open") Optional<Instant> ended,

            @About("how it ended: dead, or heard again") Optional<String> outcome,
            @About("what proved it dead") String proof) {}
}
