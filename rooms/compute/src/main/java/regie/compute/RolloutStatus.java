package regie.compute;

import java.time.Instant;
import java.util.Optional;
import regie.kernel.About;

/** How far a changed template has come. */
public record RolloutStatus(
        @About("the last template that was healthy; absent where there was none")
        Optional<InstanceTemplate> from,

        @About("true: it goes back to a template that was healthy")
        boolean back,

        @About("when it began") Instant begun,
        @About("the wave that is under way, from 1") int wave,
        @About("how many waves there are in all") int waves,

        @About("members that have the new template and are healthy")
        int renewed,

        @About("members in all") int members) {
    RolloutStatus at(int number, int inAll, int done, int wanted) {
        return new RolloutStatus(from, back, begun, number, inAll, done, wanted);
    }
}
