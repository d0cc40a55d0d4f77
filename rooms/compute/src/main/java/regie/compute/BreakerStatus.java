package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;

/** How near a fleet is to stopping, or that it has stopped. */
public record BreakerStatus(
        @About("when members failed before they ran for a minute, as far back as it counts")
        List<Instant> failures,

        @About("since when no members are made; absent while all is well")
        Optional<Instant> opened,

        @About("why it opened") Optional<String> why,

        @About("number of the newest resume that was taken up")
        int resumes) {
    static final BreakerStatus CLOSED = new BreakerStatus(List.of(), Optional.empty(), Optional.empty(), 0);

    public BreakerStatus {
        failures = List.copyOf(failures);
    }

    BreakerStatus closed(int taken) {
        return new BreakerStatus(List.of(), Optional.empty(), Optional.empty(), taken);
    }
}
