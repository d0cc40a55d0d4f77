package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import regie.kernel.About;

/** When a fleet stops making members. */
public record BreakerSpec(
        @About(
                "so many failures of members that ran for less than a minute open the breaker, where those at once on one"
                        + " host count as one; where left out a tenth of the fleet, but at least 5")
        Optional<@Min(1) @Max(FleetSpec.COUNT_MAX) Integer> failures,

        @About(value = "how far back failures count, in seconds", otherwise = "600") @Min(1) @Max(86_400)
        int withinSeconds) {
    private static final int FAILURES_MIN = 5;

    int limit(int count) {
        return failures.orElse(Math.max(FAILURES_MIN, count / 10));
    }
}
