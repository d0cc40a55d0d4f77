package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import regie.kernel.About;

/** Where a fleet waits for somebody outside before a member serves, and before it is taken out. */
public record HooksSpec(
        @About("waited for once a new member runs; until then it does not count as one that serves") @Valid
        Optional<Starting> starting,

        @About("waited for before a member that runs is given up, though nothing is wrong with it") @Valid
        Optional<Stopping> stopping) {
    static final int SECONDS_MAX = 86_400;

    public record Starting(
            @About(value = "so long it waits at most, in seconds", otherwise = "300") @Min(1) @Max(SECONDS_MAX)
            int timeoutSeconds,

            @About(
                    value =
                            "what becomes of a member whose hook nobody completed in time: continue puts it in service, abandon replaces it",
                    otherwise = "\"abandon\"")
            HookOutcome otherwise) {}

    public record Stopping(
            @About(value = "so long it waits at most, in seconds; then the member goes", otherwise = "300")
            @Min(1)
            @Max(SECONDS_MAX)
            int timeoutSeconds) {}
}
