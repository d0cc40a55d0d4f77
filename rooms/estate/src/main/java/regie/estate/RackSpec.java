package regie.estate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Spec;

/** A cabinet that holds servers and devices. */
public record RackSpec(
        @About("name of the site it stands in") String site,

        @Size(min = 1, max = 100) @About("room or cage inside the site")
        Optional<String> room,

        @Min(1) @Max(100) @About(value = "height in rack units of 44.45 mm", otherwise = "42")
        int units,

        @Size(max = 8) @About(value = "names of the power feeds that reach it", otherwise = "[]")
        List<String> feeds)
        implements Spec {
    public RackSpec {
        feeds = List.copyOf(feeds);
    }

    @Override
    public List<Reference> references() {
        var references = new ArrayList<>(List.of(new Reference("site", "Site", site)));
        for (int at = 0; at < feeds.size(); at++) references.add(new Reference("feeds." + at, "Feed", feeds.get(at)));
        return references;
    }
}
