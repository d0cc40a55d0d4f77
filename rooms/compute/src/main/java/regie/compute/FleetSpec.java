package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** So many like machines. One that fails is replaced by a new one. */
public record FleetSpec(
        @About("how many members") @Min(0) @Max(COUNT_MAX) int count,

        @About("what each member looks like; a change is rolled out in waves") @Valid
        InstanceTemplate template,

        @About("how the members keep apart") Optional<AntiAffinity> antiAffinity,

        @About("where the members may stand, where they would rather stand, and what they survive") @Valid
        Optional<PlacementSpec> placement,

        @About("never fewer are wanted; 0 where left out") Optional<@Min(0) @Max(COUNT_MAX) Integer> minimum,

        @About("never more are wanted; as many as count where left out")
        Optional<@Min(0) @Max(COUNT_MAX) Integer> maximum,

        @About(
                value = "so many members there may be beyond the maximum, in every state, while some are replaced:"
                        + " \"25%\" of the maximum, or \"3\"",
                otherwise = "\"100%\"")
        @Pattern(regexp = Share.ANY)
        String surge,

        @About(value = "when it stops making members", otherwise = "{}") @Valid
        BreakerSpec breaker,

        @About(value = "how a changed template reaches the members that there are", otherwise = "{}") @Valid
        RolloutSpec rollout,

        @About(value = "no rollout and no restart goes on; what fails is replaced all the same", otherwise = "false")
        boolean paused,

        @About(value = "how often it was told to go on after its breaker opened", otherwise = "0") @Min(0)
        int resumes,

        @About("the restart of all members that was asked for last") @Valid
        Optional<RestartRequest> restart,

        @About(value = "where several fleets are restarted, the lower go first", otherwise = "0") @Min(0) @Max(1_000)
        int restartOrder,

        @About("how it is found out whether a member that runs serves, too; one that does not is replaced") @Valid
        Optional<HealthSpec> health,

        @About("how many members at which time, or as a metric goes; instead of count, and between minimum and maximum")
        @Valid
        Optional<SizeSpec> size,

        @About("who is waited for before a member serves, and before it is taken out") @Valid
        Optional<HooksSpec> hooks,

        @About("members own something: each has a number that stays, and its replacement gets what it had") @Valid
        Optional<StatefulSpec> stateful,

        @About("where others stand in for members that have no room at home, and what that may cost") @Valid
        Optional<BurstSpec> burst)
        implements Spec {
    public static final int COUNT_MAX = 10_000;
    /** One plan has to know all their names. */
    private static final int STATEFUL_MAX = Plan.ENLISTED_MAX;

    public FleetSpec {
        PlacementSpec.allows(placement, "template.site", template.site());
        int least = minimum.orElse(0);
        int most = most(count, least, maximum, size);
        size.ifPresent(it -> it.within(least, most));
        boolean byMetric = size.flatMap(SizeSpec::metric).isPresent();
        BadField.unless(
                !byMetric || maximum.isPresent(), "maximum", "missing", "a number, where the size follows a metric");
        boolean ofAverage = size.flatMap(SizeSpec::metric)
                .filter(metric -> metric.measured() == MetricSpec.Measured.AVERAGE)
                .isPresent();
        BadField.unless(
                !ofAverage || least > 0,
                "minimum",
                least,
                "at least 1, where the size follows an average: a fleet without members has none");
        BadField.unless(least <= most, "minimum", least, "at most the maximum, %d".formatted(most));
        BadField.unless(
                count >= least && count <= most, "count", count, "a number from %d to %d".formatted(least, most));
        BadField.unless(
                stateful.isEmpty() || most <= STATEFUL_MAX,
                "maximum",
                most,
                "at most %d, where members are stateful".formatted(STATEFUL_MAX));
        BadField.unless(
                stateful.isEmpty() || burst.isEmpty(),
                "burst",
                "given beside stateful",
                "members that own nothing: who stands in for one has neither its name nor its address");
        BadField.unless(Share.of(surge, most) <= COUNT_MAX, "surge", surge, "at most %d members".formatted(COUNT_MAX));
    }

    @Override
    public List<Reference> references() {
        var references = template.references("template.");
        placement.ifPresent(rules -> references.addAll(rules.references("placement.")));
        return references;
    }

    /** What the members of the fleet {@code name} look like. */
    InstanceSpec member(String name) {
        return member(template, name);
    }

    /** The same, made from another template. */
    InstanceSpec member(InstanceTemplate other, String name) {
        return other.member(antiAffinity, placement, name);
    }

    int most() {
        return most(count, minimum.orElse(0), maximum, size);
    }

    private static int most(int count, int least, Optional<Integer> maximum, Optional<SizeSpec> size) {
        return maximum.orElse(
                Math.max(Math.max(count, least), size.map(SizeSpec::most).orElse(0)));
    }

    /** So many members there may be at any time, in whatever state. */
    int cap() {
        return most() + Share.of(surge, most());
    }

    FleetSpec withCount(int wanted) {
        return with(wanted, template, paused, resumes, restart);
    }

    FleetSpec withTemplate(InstanceTemplate other) {
        return with(count, other, paused, resumes, restart);
    }

    FleetSpec paused(boolean now) {
        return with(count, template, now, resumes, restart);
    }

    /** @param taken number of the newest of these that was taken up: a manifest without any may have come between */
    FleetSpec resumed(int taken) {
        return with(count, template, false, Math.max(taken, resumes) + 1, restart);
    }

    FleetSpec restarting(RestartRequest request) {
        return with(count, template, paused, resumes, Optional.of(request));
    }

    /** All that actions change; the rest stays. */
    private FleetSpec with(
            int wanted, InstanceTemplate made, boolean pause, int goOn, Optional<RestartRequest> request) {
        return new FleetSpec(
                wanted,
                made,
                antiAffinity,
                placement,
                minimum,
                maximum,
                surge,
                breaker,
                rollout,
                pause,
                goOn,
                request,
                restartOrder,
                health,
                size,
                hooks,
                stateful,
                burst);
    }
}
