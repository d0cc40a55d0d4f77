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

        @About("deaths, the newest first") List<Death> deaths,

        @About("servers that are heard and sick, and what came of it; those that still are first, then the newest")
        List<Degraded> degraded) {

    /** A server that is heard and sick: what is wrong, what was done about it, and how it ended. */
    public record Degraded(
            @About("grows with each") long number,
            @About("name of the server") String server,
            @About("its site") String site,

            @About("what was wrong last: disk-hangs, disk-fails, nothing-new, wish-not-taken, or guests-do-not-answer")
            String ails,

            @About("the same in words") String detail,
            @About("since when") Instant since,

            @About("since when it is given no machines, and drained; absent where it did not come to that")
            Optional<Instant> closed,

            @About("name of the maintenance by which it is drained")
            Optional<String> maintenance,

            @About("since when nothing is wrong any more") Optional<Instant> wellSince,
            @About("when it ended; absent: it is open") Optional<Instant> ended,

            @About("how it ended: well, flapping (it is quarantined), overruled, or gone")
            Optional<String> outcome) {}

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
