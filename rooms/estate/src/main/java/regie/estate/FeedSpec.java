package regie.estate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import regie.kernel.About;
import regie.kernel.Spec;

/** A power feed: a panel, a UPS, a distribution strip. What hangs on one feed alone goes dark together. */
public record FeedSpec(
        @About("name of the site it serves") String site,

        @About(value = "primary, or the redundant one beside it", otherwise = "\"primary\"")
        Type type,

        @Min(1) @Max(100_000_000) @About("what it can deliver, in watts")
        int capacityWatts,

        @Size(max = 8)
        @About(
                value = "names of the feeds it draws from (a panel, a UPS), one of which is enough; none: from outside",
                otherwise = "[]")
        List<String> upstream)
        implements Spec {

    public enum Type {
        PRIMARY,
        REDUNDANT
    }

    public FeedSpec {
        upstream = List.copyOf(upstream);
    }

    @Override
    public List<Reference> references() {
        var references = new ArrayList<>(List.of(new Reference("site", "Site", site)));
        for (int at = 0; at < upstream.size(); at++)
            references.add(new Reference("upstream." + at, "Feed", upstream.get(at)));
        return references;
    }
}
