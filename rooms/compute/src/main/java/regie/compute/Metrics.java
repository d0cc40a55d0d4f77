package regie.compute;

import jakarta.validation.constraints.Pattern;
import regie.identity.Caller;
import regie.identity.Desk;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Key;
import regie.kernel.Resources;

/** Where somebody says how much of something there is, for fleets whose size follows it. */
public final class Metrics {
    private final Desk desk;
    private final Resources resources;

    public Metrics(Desk desk, Resources resources) {
        this.desk = desk;
        this.resources = resources;
    }

    public record Sample(
            @About("the metric that the fleet's size follows") @Pattern(regexp = "[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?")
            String name,

            @About(
                    "how much of it there is now: of each member that runs on average, or of all, as the fleet declares it")
            double value) {
        public Sample {
            BadField.unless(
                    value >= 0 && Double.isFinite(value), "value", value, "a number, 0 or more, such as 120 or 0.85");
        }
    }

    /**
     * May come as often as it likes; of a few seconds the newest is kept.
     *
     * @throws regie.kernel.Refused with {@link ComputeRefusal.NoMetric} where the size of {@code fleet} follows something else, or as
     *     {@link Desk#report} says
     */
    public void sampled(Caller caller, Key fleet, Sample sample) {
        desk.report(caller, fleet, (tx, _) -> {
            tx.mayBeLost(); // the next one says it again
            var now = resources.get(tx, Compute.FLEET, fleet);
            var followed = now.spec().size().flatMap(SizeSpec::metric).map(MetricSpec::name);
            if (!followed.filter(sample.name()::equals).isPresent())
                throw new ComputeRefusal.NoMetric(fleet, sample.name(), followed).asException();
            int wanted = now.status().wanted().orElse(now.spec().count());
            MetricLedger.add(
                    tx,
                    now.uid(),
                    sample.name(),
                    sample.value(),
                    wanted,
                    now.status().running());
            return now.uid();
        });
    }
}
