package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.kernel.Check;

class FleetPlannerTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void open() {
        scene.host("par1-a-h01", 100, 100_000, 100);
    }

    private static FleetStatus status(long nextOrdinal, int failures, Duration rest) {
        return new FleetStatus(
                0, 0, nextOrdinal, failures, Optional.of(Scene.NOW.plus(rest)), "no boot device", List.of());
    }

    private Scene.FleetDraft web(int count, FleetStatus status, Set<String> taken) {
        return scene.fleet("web", count, Optional.empty(), status, false, taken);
    }

    private FleetStatus planned(Scene.FleetDraft fleet) {
        return Check.present(scene.plan().fleets().get(fleet.uid()));
    }

    @Test
    void lostMemberIsRetiredAndReplacedInOnePass() {
        var web = web(2, status(13, 0, Duration.ZERO), Set.of());
        scene.member(web, "web-11").on(scene.host("par1-a-h01")).crashed();
        scene.member(web, "web-12").on(scene.host("par1-a-h01")).running();
        assertThat(scene.told()).isEqualTo("""
                - retire web-11: its process was killed
                + enlist web-13
                + place web-13 on par1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                """);
        assertThat(planned(web).members()).isEqualTo(2);
        assertThat(planned(web).nextOrdinal()).isEqualTo(14);
    }

    /** Nobody hears its host: proof is only looked for, and it may serve on. */
    @Test
    void membersInDoubtAreReplacedBeforeThereIsProofAndCountUntilThereIs() {
        scene.host("par1-b-h01", false, Host.Presence.DOUBTED, new Claim(8, 8192, 100));
        var web = scene.fleet("web", Specs.capped(3, 3, 1, 1_000));
        scene.member(web, "web-10").on(scene.host("par1-b-h01")).running();
        scene.member(web, "web-11").on(scene.host("par1-b-h01")).running();
        scene.member(web, "web-12").on(scene.host("par1-a-h01")).running();
        assertThat(scene.told())
                .contains("+ enlist web-1\n", "at-cap", "members-doubted")
                .doesNotContain("retire", "web-2");
    }

    @Test
    void whoIsHeardAgainIsWellAndWhatWasMadeInItsSteadIsTooMany() {
        var web = web(2, status(13, 0, Duration.ZERO), Set.of());
        for (var name : List.of("web-10", "web-11", "web-12"))
            scene.member(web, name).on(scene.host("par1-a-h01")).running();
        assertThat(scene.told()).isEqualTo("- retire web-12: the fleet is to be smaller\n");
    }

    @Test
    void surplusGoesWhereNothingRunsFirstThenTheNewest() {
        var web = web(2, status(6, 0, Duration.ZERO), Set.of());
        scene.member(web, "web-1").on(scene.host("par1-a-h01"));
        scene.member(web, "web-2").on(scene.host("par1-a-h01")).running();
        scene.member(web, "web-3").on(scene.host("par1-a-h01")).running();
        scene.member(web, "web-4").on(scene.host("par1-a-h01")).running();
        scene.member(web, "web-5").on(scene.host("par1-a-h01"));
        assertThat(scene.told()).isEqualTo("""
                - retire web-5: the fleet is to be smaller
                - retire web-1: the fleet is to be smaller
                - retire web-4: the fleet is to be smaller
                """);
    }

    @Test
    void membersThatGoCountNoMore() {
        var web = web(1, status(2, 0, Duration.ZERO), Set.of());
        scene.member(web, "web-1").on(scene.host("par1-a-h01")).running().deleting();
        assertThat(scene.told()).contains("+ enlist web-2\n");
    }

    /** A project's members may declare what they like; it must not stop this fleet, nor the pass of all. */
    @Test
    void namesThatOthersHaveArePassedOver() {
        var web = web(3, status(1, 0, Duration.ZERO), Set.of("web-1", "web-3"));
        assertThat(scene.told()).startsWith("+ enlist web-2\n+ enlist web-4\n+ enlist web-5\n+ place");
        assertThat(planned(web).nextOrdinal()).isEqualTo(6);
        assertThat(planned(web).members()).isEqualTo(3);
    }

    @Test
    void fleetThatFailsAgainAndAgainRests() {
        var web = web(2, status(5, 3, Duration.ofSeconds(1)), Set.of());
        assertThat(scene.told())
                .isEqualTo("! web resting: failed 3 times and waits before the next try; last: no boot device\n");
        assertThat(planned(web).nextOrdinal()).isEqualTo(5);
    }

    @Test
    void eachRoundOfFailuresRestsTwiceAsLongUpToAMinute() {
        var rests = IntStream.range(0, 10)
                .mapToObj(before -> {
                    var another = new Scene();
                    var web = another.fleet(
                            "web", 1, Optional.empty(), status(5, before, Duration.ZERO), false, Set.of());
                    another.host("par1-a-h01", 1, 1000, 1);
                    another.member(web, "web-4").on(another.host("par1-a-h01")).crashed();
                    var status = Check.present(another.plan().fleets().get(web.uid()));
                    return Duration.between(Scene.NOW, status.restUntil().orElseThrow())
                            .toSeconds();
                })
                .toList();
        assertThat(rests).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void fleetThatGoesRetiresAllAndIsDisbandedBehindTheLast() {
        var web = scene.fleet("web", 2, Optional.empty(), status(3, 0, Duration.ZERO), true, Set.of());
        var last = scene.member(web, "web-1").on(scene.host("par1-a-h01")).running();
        assertThat(scene.told()).isEqualTo("- retire web-1: the fleet is to be smaller\n");
        last.deleting();
        assertThat(scene.told()).isEmpty();
        web.members().clear();
        assertThat(scene.told()).isEqualTo("- disband web\n");
    }

    @Test
    void oneStepTooManyWaitsForTheNextPlan() {
        scene.fleet("big", 3_000);
        scene.fleet("late", 10);
        var plan = scene.plan();
        var enlisted =
                plan.steps().stream().filter(Step.Enlist.class::isInstance).count();
        assertThat(enlisted).isEqualTo(Plan.ENLISTED_MAX);
        assertThat(plan.fleets().values().stream().map(FleetStatus::members).collect(Collectors.toList()))
                .containsExactly(1_000, 0);
    }

    @Test
    void whatTheFleetSaysLastDoesNotHangOnTheOrderOfItsMembers() {
        var web = web(3, status(5, 1, Duration.ZERO), Set.of());
        for (int at = 1; at <= 4; at++) {
            scene.member(web, "web-" + at)
                    .on(scene.host("par1-a-h01"))
                    .seen(regie.agent.contract.GuestSeen.State.FAILED, "reason " + at);
        }
        var plan = scene.plan();
        for (int seed = 0; seed < 10; seed++)
            assertThat(ComputePlanner.plan(scene.shuffled(new Random(seed)))).isEqualTo(plan);
        assertThat(planned(web).lastFailure()).isEqualTo("reason 4");
    }
}
