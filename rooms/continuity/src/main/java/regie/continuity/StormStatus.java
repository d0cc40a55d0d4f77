package regie.continuity;

import java.time.Instant;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Status;

/** How a storm began and whether it is over. */
public record StormStatus(
        @About("servers that were missing when it began") int missing,
        @About("servers that were watched there then") int servers,

        @About("when it began; absent where somebody declared it by hand")
        Optional<Instant> since,

        @About("when it was over; absent: it isn't") Optional<Instant> over)
        implements Status {
    static final StormStatus FRESH = new StormStatus(0, 0, Optional.empty(), Optional.empty());

    StormStatus over(Instant now) {
        return new StormStatus(missing, servers, since, Optional.of(now));
    }
}
