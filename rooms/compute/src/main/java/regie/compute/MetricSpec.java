package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import regie.kernel.About;
import regie.kernel.BadField;

/** A figure that is posted, and that the number of members holds at a target. */
public record MetricSpec(
        @About("what is posted, such as requests-per-second") @Pattern(regexp = "[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?")
        String name,

        @About("so much of it there should be for each member")
        double target,

        @About(
                value =
                        "average: of the members that run, so much each; total: of all of them, such as the length of a queue",
                otherwise = "\"average\"")
        Measured measured,

        @About(value = "so far from the target nothing is done yet, in percent of it", otherwise = "10")
        @Min(0)
        @Max(90)
        int tolerancePercent,

        @About(
                value = "it gets smaller only where all that was posted for so long would have it smaller, in seconds",
                otherwise = "300")
        @Min(0)
        @Max(STABILIZATION_SECONDS_MAX)
        int stabilizationSeconds,

        @About(value = "so long after the newest sample its size is left alone, in seconds", otherwise = "120")
        @Min(10)
        @Max(STALE_SECONDS_MAX)
        int staleSeconds) {
    static final int STABILIZATION_SECONDS_MAX = 3_600;
    static final int STALE_SECONDS_MAX = 3_600;

    public enum Measured {
        AVERAGE,
        TOTAL
    }

    public MetricSpec {
        BadField.unless(target > 0 && Double.isFinite(target), "target", target, "a number above 0");
    }

    Duration stabilization() {
        return Duration.ofSeconds(stabilizationSeconds);
    }

    Duration stale() {
        return Duration.ofSeconds(staleSeconds);
    }
}
