package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Spec;

/** So many like machines. One that fails is replaced by a new one. */
public record FleetSpec(
        @About("how many members") @Min(0) @Max(COUNT_MAX) int count,

        @About("what each member looks like; a change takes effect in new members") @Valid
        InstanceTemplate template,

        @About("how the members keep apart") Optional<AntiAffinity> antiAffinity,

        @About("where the members may stand, where they would rather stand, and what they survive") @Valid
        Optional<PlacementSpec> placement)
        implements Spec {
    public static final int COUNT_MAX = 10_000;

    public FleetSpec {
        PlacementSpec.allows(placement, "template.site", template.site());
    }

    @Override
    public List<Reference> references() {
        var references = template.references("template.");
        placement.ifPresent(rules -> references.addAll(rules.references("placement.")));
        return references;
    }

    /** What the members of the fleet {@code name} look like. */
    InstanceSpec member(String name) {
        return template.member(antiAffinity, placement, name);
    }

    FleetSpec withCount(int wanted) {
        return new FleetSpec(wanted, template, antiAffinity, placement);
    }
}
