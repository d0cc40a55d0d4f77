package regie.compute;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import regie.kernel.About;

/** That all members of a fleet be restarted once, in waves. */
public record RestartRequest(
        @Min(1) @About("grows with each request") int number,

        @About(value = "so many members may be down at a time: \"10%\" of the fleet, or \"3\"", otherwise = "\"10%\"")
        @Pattern(regexp = Share.SOME)
        String wave,

        @About("name of a restart over several fleets") @Size(max = 63)
        Optional<String> run,

        @About("name of the fleet of the same run that comes before; this one waits until that one is done")
        @Size(max = 63)
        Optional<String> after,

        @About(value = "it is to end where it is", otherwise = "false")
        boolean cancelled) {
    RestartRequest cancel() {
        return new RestartRequest(number, wave, run, after, true);
    }
}
