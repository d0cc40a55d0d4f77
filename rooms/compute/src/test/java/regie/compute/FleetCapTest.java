package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.agent.contract.Claim;
import regie.agent.contract.GuestSeen.State;

/**
 * Goal: whatever hosts say of its members, in whatever order, and whether they ever let go of one, a fleet never has more than its
 * maximum and its surge. Method: plans are carried out on paper, round after round, on hosts that lie at random; the oracle counts heads.
 */
class FleetCapTest {
    private static final int ROUNDS = 60;

    static LongStream batches() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest(name = "seeds from {0}0")
    @MethodSource("batches")
    void noLieMakesMoreThanTheCap(long batch) {
        for (long seed = batch * 10; seed < batch * 10 + 10; seed++) new Liars(seed).run();
    }

    /** The rounds are worth nothing if no fleet ever stands at its cap. */
    @Test
    void theCapIsReached() {
        int most = 0;
        for (long seed = 0; seed < 30; seed++) {
            var liars = new Liars(seed);
            liars.run();
            if (liars.peak == liars.cap) most++;
        }
        assertThat(most).isGreaterThan(5);
    }

    private static final class Liars {
        private final Random random;
        private final Scene scene = new Scene();
        private final Scene.FleetDraft fleet;
        private final int cap;
        private FleetStatus status = FleetStatus.FRESH;
        private int peak;

        Liars(long seed) {
            random = new Random(seed);
            for (var presence : Host.Presence.values())
                scene.host(
                        "par1-a-" + presence.name().toLowerCase(java.util.Locale.ROOT),
                        true,
                        presence,
                        new Claim(500, 500_000, 500));
            int maximum = random.nextInt(6);
            int count = random.nextInt(maximum + 1);
            int surge = random.nextInt(4);
            cap = maximum + surge;
            var spec = Specs.capped(count, maximum, surge, random.nextInt(3) > 0 ? 1_000 : 3);
            fleet = scene.fleet("web", spec);
        }

        void run() {
            for (int round = 0; round < ROUNDS; round++) {
                lie();
                var seen = fleet.seen();
                var plan = FleetPlanner.plan(
                        new Census.FleetSeen(
                                seen.uid(),
                                seen.key(),
                                changed(seen.spec()),
                                false,
                                seen.shape(),
                                status,
                                seen.members(),
                                Set.of()),
                        machine -> machine.allocation()
                                .flatMap(place -> scene.hosts.stream()
                                        .filter(host -> host.server().equals(place.server()))
                                        .map(Host::presence)
                                        .findFirst()),
                        Scene.NOW.plusSeconds(round * 120L),
                        Stream.generate(() -> scene.uid("round")).iterator());
                carryOut(plan);
                status = plan.status();
                peak = Math.max(peak, fleet.members().size());
                assertThat(fleet.members().size())
                        .as("members in round %d, at most %d", round, cap)
                        .isLessThanOrEqualTo(cap);
            }
        }

        /** Now and then the template changes, a restart is asked for, the breaker is closed. */
        private FleetSpec changed(FleetSpec spec) {
            var image = "micro-" + random.nextInt(2);
            var template = new InstanceTemplate("flavor", image, Optional.empty(), Optional.empty(), Optional.empty());
            var next = spec.withTemplate(template);
            return random.nextInt(4) == 0
                    ? next.resumed(status.breakerOrClosed().resumes())
                    : next;
        }

        private void lie() {
            for (var member : fleet.members()) {
                if (random.nextInt(3) > 0) continue;
                var host = scene.hosts.get(random.nextInt(scene.hosts.size())).server();
                member.on(host).seen(List.of(State.values()).get(random.nextInt(State.values().length)), "so it says");
            }
        }

        private void carryOut(FleetPlanner.Decision plan) {
            var retired = new HashSet<java.util.UUID>();
            for (var step : plan.steps()) if (step instanceof Step.Retire retire) retired.add(retire.instance());
            var gone = new ArrayList<MachineDraft>();
            for (var member : fleet.members()) {
                if (retired.contains(member.uid)) member.deleting();
                else if (member.machine().deleting() && random.nextInt(4) == 0) gone.add(member);
            }
            fleet.members().removeAll(gone);
            for (var machine : plan.enlisted())
                fleet.members()
                        .add(new MachineDraft(machine.uid(), machine.key().name()).of(fleet.uid(), fleet.name()));
        }
    }
}
