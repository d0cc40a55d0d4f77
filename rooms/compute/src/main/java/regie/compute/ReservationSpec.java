package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** Room for machines to come, kept for one project until a given time. */
public record ReservationSpec(
        @About("name of the flavor; machines of the project with this flavor use the places")
        String flavor,

        @About("how many places") @Min(0) @Max(FleetSpec.COUNT_MAX)
        int count,

        @About("when it ends (RFC 3339, such as 2030-01-31T18:00:00Z): places not used by then are given back")
        Instant until,

        @About("only on servers of this site") Optional<String> site,

        @About("keeps the places apart from each other and from the rest of the group")
        Optional<AntiAffinity> antiAffinity,

        @About("name of the group that antiAffinity speaks of, such as that of the machines to come")
        Optional<@Size(max = 63) String> group,

        @About("where the places may be, where they had better be, and what they survive") @Valid
        Optional<PlacementSpec> placement)
        implements Spec {

    public ReservationSpec {
        PlacementSpec.grouped(group, antiAffinity, placement);
        PlacementSpec.allows(placement, "site", site);
    }

    @Override
    public void admit(Instant now) {
        BadField.unless(until.isAfter(now), "until", until, "a time to come; now it is " + now);
    }

    @Override
    public List<Reference> references() {
        var references = new ArrayList<Reference>();
        references.add(new Reference("flavor", "Flavor", flavor));
        site.ifPresent(name -> references.add(new Reference("site", "Site", name)));
        placement.ifPresent(rules -> references.addAll(rules.references("placement.")));
        return references;
    }
}
