package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import regie.kernel.About;

/** How a changed template reaches the members that there are. */
public record RolloutSpec(
        @About(value = "so many members are renewed at a time: \"10%\" of the fleet, or \"3\"", otherwise = "\"10%\"")
        @Pattern(regexp = Share.SOME)
        String wave,

        @About(
                value = "how long each new member has to run before its wave counts as healthy, in seconds",
                otherwise = "10")
        @Min(0)
        @Max(3_600)
        int settleSeconds,

        @About(
                value = "false: members keep the template that they were made from, only new ones get the changed one",
                otherwise = "true")
        boolean automatic,

        @About(
                value = "back to the last template that was healthy where the breaker opens on the way",
                otherwise = "true")
        boolean autoRollback) {}
