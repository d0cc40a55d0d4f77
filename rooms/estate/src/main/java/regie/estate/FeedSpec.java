package regie.estate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import regie.kernel.About;
import regie.kernel.Spec;

/** A power feed. What hangs on one feed alone goes dark together. */
public record FeedSpec(
        @About("name of the site it serves") String site,

        @About(value = "primary, or the redundant one beside it", otherwise = "\"primary\"")
        Type type,

        @Min(1) @Max(100_000_000) @About("what it can deliver, in watts")
        int capacityWatts)
        implements Spec {

    public enum Type {
        PRIMARY,
        REDUNDANT
    }

    @Override
    public List<Reference> references() {
        return List.of(new Reference("site", "Site", site));
    }
}
