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

        @About("how the members keep apart") Optional<AntiAffinity> antiAffinity)
        implements Spec {
    public static final int COUNT_MAX = 10_000;

    @Override
    public List<Reference> references() {
        return template.references("template.");
    }

    FleetSpec withCount(int wanted) {
        return new FleetSpec(wanted, template, antiAffinity);
    }
}
