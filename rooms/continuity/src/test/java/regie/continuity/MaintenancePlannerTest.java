package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.compute.Evacuation.Foreseen;
import regie.compute.HostGuests;
import regie.continuity.MaintenanceReboot.Way;
import regie.continuity.MaintenanceSpec.Scope;
import regie.continuity.MaintenanceSpec.Work;
import regie.estate.ServerSpec.State;
import regie.estate.ServerStatus.Presence;
import regie.kernel.Key;

/** What is planned, as text; and that whatever is seen, no plan takes out what it must not. */
class MaintenancePlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final MaintenanceSpec SITE = MaintenanceSpec.of(Scope.ofSite("a"));
    private static final Foreseen FINE = new Foreseen(List.of(), List.of(), List.of());

    @Test
    void oneServerIsTakenOutAtATime() {
        assertPlan("+ take out h1", SITE, host("h1", MaintenanceStage.PENDING), host("h2", MaintenanceStage.PENDING));
        assertPlan("", SITE, drained("h1", running("web-1", Optional.empty())), host("h2", MaintenanceStage.PENDING));
    }

    @Test
    void asManyAsAreAllowedAreTakenOut() {
        assertPlan(
                "+ take out h1\n+ take out h2",
                SITE.atOnce(2),
                host("h1", MaintenanceStage.PENDING),
                host("h2", MaintenanceStage.PENDING),
                host("h3", MaintenanceStage.PENDING));
    }

    @Test
    void thoseThatCannotGoTogetherGoOneAfterTheOther() {
        var scene = scene(
                without -> without.size() > 1
                        ? new Foreseen(List.of(), List.of(), List.of("shop/web-1 would not survive losing rack r1"))
                        : FINE,
                host("h1", MaintenanceStage.PENDING),
                host("h2", MaintenanceStage.PENDING));
        assertThat(text(MaintenancePlanner.plan(SITE.atOnce(2), false, scene))).isEqualTo("+ take out h1");
    }

    @Test
    void oneThatCannotEvenGoAloneIsLeftForLaterAndTheNextGoes() {
        var scene = scene(
                without -> without.contains(uid("h1"))
                        ? new Foreseen(List.of(), List.of(), List.of("shop/web-1 would not survive losing rack r1"))
                        : FINE,
                host("h1", MaintenanceStage.PENDING),
                host("h2", MaintenanceStage.PENDING));
        assertThat(text(MaintenancePlanner.plan(SITE, false, scene))).isEqualTo("""
                - refuse h1: shop/web-1 would not survive losing rack r1
                + take out h2
                ? maintenance-would-break h1 stays in: shop/web-1 would not survive losing rack r1""");
    }

    @Test
    void serverPassesItsStagesInOrder() {
        assertPlan("> h1 empty", SITE, drained("h1"));
        assertPlan("> h1 working", SITE, closed("h1", MaintenanceStage.EMPTY));
        assertPlan("> h1 verifying", SITE.working(Work.NOTHING), closed("h1", MaintenanceStage.EMPTY));
        assertPlan("> h1 verifying", SITE.finished(List.of("h1")), closed("h1", MaintenanceStage.WORKING));
        assertPlan("< h1 done", SITE, closed("h1", MaintenanceStage.VERIFYING));
    }

    @Test
    void serverThatIsOutForAnotherMaintenanceWaitsForThat() {
        var scene = new MaintenanceScene(
                NOW, List.of(host("h1", MaintenanceStage.PENDING)), Set.of(uid("h1")), List.of(), _ -> FINE);
        assertThat(text(MaintenancePlanner.plan(SITE, false, scene))).isEmpty();
    }

    @Test
    void emptyServerIsToldToLeaveTheBootThatItIsIn() {
        var spec = SITE.working(Work.REBOOT);
        for (var way : List.of(Way.CONTROLLER, Way.AGENT))
            assertPlan("! h1 leaves boot b1", spec, rebooting(MaintenanceStage.EMPTY, reboot(way, "b1", 0, 0)));
        assertPlan(
                "? maintenance-cannot-reboot h1 is empty and can't be booted anew: it declares no bmc, and its agent was not started with --may-reboot; once it is done by hand: regie maintenance done",
                spec,
                rebooting(MaintenanceStage.EMPTY, reboot(Way.NONE, "b1", 0, 0)));
        assertPlan(
                "? maintenance-cannot-reboot h1 is empty and can't be booted anew: its agent does not say in which boot it is, so nobody could tell whether it has left it; once it is done by hand: regie maintenance done",
                spec,
                rebooting(MaintenanceStage.EMPTY, reboot(Way.CONTROLLER, "", 0, 0)));
    }

    @Test
    void serverThatHasLeftItsBootIsVerifiedAndNeverToldTwice() {
        var spec = SITE.working(Work.REBOOT);
        assertPlan("> h1 verifying", spec, rebooting(MaintenanceStage.WORKING, reboot(Way.CONTROLLER, "b2", 90, 1)));
        assertPlan("< h1 done", spec, rebooting(MaintenanceStage.VERIFYING, reboot(Way.CONTROLLER, "b2", 90, 1)));
    }

    @Test
    void controllerIsToldAgainOnlyOnceTheFirstWordCanHaveNoEffectAnyMore() {
        var spec = SITE.working(Work.REBOOT);
        var told = "? maintenance-rebooting h1 was told at 2026-01-01T11:59:00Z to boot anew";
        assertPlan(told, spec, rebooting(MaintenanceStage.WORKING, reboot(Way.CONTROLLER, "b1", 74, 1)));
        assertPlan(
                "! h1 leaves boot b1\n" + told,
                spec,
                rebooting(MaintenanceStage.WORKING, reboot(Way.CONTROLLER, "b1", 75, 2)));
        assertPlan(told, spec, rebooting(MaintenanceStage.WORKING, reboot(Way.CONTROLLER, "b1", 500, 3)));
        assertPlan(told, spec, rebooting(MaintenanceStage.WORKING, reboot(Way.AGENT, "b1", 500, 1)));
        assertPlan(told, spec, rebooting(MaintenanceStage.EMPTY, reboot(Way.CONTROLLER, "b1", 74, 1)));
        assertPlan("! h1 leaves boot b1", spec, rebooting(MaintenanceStage.EMPTY, reboot(Way.CONTROLLER, "b1", 75, 1)));
    }

    @Test
    void whatCannotBeMovedIsNamedOrShutOffWhereThatIsAllowed() {
        var stuck = drained("h1", running("gpu-1", Optional.of("it uses cards")));
        assertPlan(
                "? maintenance-cannot-move h1 still has shop/gpu-1 (it uses cards); make room, move or stop them, or declare stopWhatCannotMove",
                SITE,
                stuck);
        assertPlan("x h1 shuts off shop/gpu-1", SITE.stopping(), stuck);
    }

    @Test
    void nothingIsTakenOutWhileOneDidNotComeBack() {
        assertPlan(
                "? maintenance-failed h1 did not come back: no agent. Nothing else is taken out. Look at it, then: regie maintenance resume, or cancel",
                SITE.atOnce(2),
                closed("h1", MaintenanceStage.FAILED).noted("no agent"),
                host("h2", MaintenanceStage.PENDING));
    }

    @Test
    void overruledServerIsFoughtForByNobody() {
        assertThat(text(MaintenancePlanner.plan(SITE, false, scene(_ -> FINE, host("h1", MaintenanceStage.DRAINING)))))
                .startsWith("? maintenance-overruled somebody gave h1 machines again");
    }

    @Test
    void feedIsTakenOutAsAWholeOrNotAtAll() {
        var feed = MaintenanceSpec.of(Scope.ofFeed("f1"));
        assertPlan(
                "+ take out h1\n+ take out h2",
                feed,
                host("h1", MaintenanceStage.PENDING),
                host("h2", MaintenanceStage.PENDING));
        assertPlan("", feed, closed("h1", MaintenanceStage.EMPTY), drained("h2", running("web-1", Optional.empty())));
        assertPlan(
                "> h1 working\n> h2 working",
                feed,
                closed("h1", MaintenanceStage.EMPTY),
                closed("h2", MaintenanceStage.EMPTY));
    }

    /** What was shut off on it is to run again once it is there, though nobody looks any more. */
    @Test
    void cancelledOneGivesUpWhatDidNotComeBack() {
        assertPlan(
                "/ h1 is given up",
                SITE.cancelling(),
                closed("h1", MaintenanceStage.FAILED).noted("no agent"));
    }

    @Test
    void cancelledOneGivesBackWhatNobodyWorksOn() {
        assertPlan(
                "> h1 cancelled\n< h2 cancelled\n? maintenance-waits h3 is empty and waits for the work; when that is done: regie maintenance done",
                SITE.cancelling(),
                host("h1", MaintenanceStage.PENDING),
                drained("h2", running("web-1", Optional.empty())),
                closed("h3", MaintenanceStage.WORKING));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /** The oracle knows which sets of servers may be out by a rule of its own, and counts by itself. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noPlanTakesOutWhatItMustNotAndEachEndsOrSaysWhy(long seed) {
        var dice = new SplittableRandom(seed);
        int count = 1 + dice.nextInt(8);
        int atOnce = 1 + dice.nextInt(3);
        var apart = new HashSet<Set<Integer>>();
        for (int at = 0; at < dice.nextInt(6); at++) {
            int one = dice.nextInt(count);
            int other = dice.nextInt(count);
            apart.add(one == other ? Set.of(one) : Set.of(one, other));
        }
        var stages = new MaintenanceStage[count];
        var looked = new ArrayList<Optional<Instant>>();
        for (int at = 0; at < count; at++) {
            stages[at] = MaintenanceStage.PENDING;
            looked.add(Optional.empty());
        }
        var now = NOW;
        var spec = SITE.atOnce(atOnce).working(Work.NOTHING);
        for (int turn = 0; turn < 400; turn++) {
            var hosts = new ArrayList<MaintenanceHost>();
            for (int at = 0; at < count; at++)
                hosts.add(host(
                        "h" + at,
                        stages[at],
                        stages[at].out() ? State.DRAINING : State.SCHEDULABLE,
                        now,
                        looked.get(at)));
            var plan = MaintenancePlanner.plan(
                    spec, false, new MaintenanceScene(now, hosts, Set.of(), List.of(), without -> {
                        boolean broken = apart.stream()
                                .anyMatch(pair -> without.containsAll(
                                        pair.stream().map(at -> uid("h" + at)).collect(Collectors.toSet())));
                        return broken ? new Foreseen(List.of(), List.of(), List.of("no")) : FINE;
                    }));
            for (var step : plan.steps()) {
                int at = Integer.parseInt(step.host().name().substring(1));
                switch (step) {
                    case MaintenanceStep.TakeOut _ -> stages[at] = MaintenanceStage.DRAINING;
                    case MaintenanceStep.Refuse _ -> looked.set(at, Optional.of(now));
                    case MaintenanceStep.Reach reach -> stages[at] = reach.stage();
                    case MaintenanceStep.Abandon _ -> stages[at] = MaintenanceStage.CANCELLED;
                    case MaintenanceStep.GiveBack back -> stages[at] = back.stage();
                    case MaintenanceStep.Skip _, MaintenanceStep.ShutOff _, MaintenanceStep.Reboot _ ->
                        throw new AssertionError(step);
                }
            }
            var out = new HashSet<Integer>();
            for (int at = 0; at < count; at++) if (stages[at].out()) out.add(at);
            assertThat(out.size()).isLessThanOrEqualTo(atOnce);
            assertThat(apart).noneMatch(out::containsAll);
            if (plan.steps().isEmpty()) {
                boolean over = List.of(stages).stream().noneMatch(MaintenanceStage.PENDING::equals) && out.isEmpty();
                assertThat(over || !plan.holds().isEmpty()).isTrue();
            }
            now = now.plusMillis(dice.nextInt(5_000));
        }
        for (int at = 0; at < count; at++)
            assertThat(stages[at])
                    .isEqualTo(apart.contains(Set.of(at)) ? MaintenanceStage.PENDING : MaintenanceStage.DONE);
    }

    private static void assertPlan(String expected, MaintenanceSpec spec, MaintenanceHost... hosts) {
        var plan = MaintenancePlanner.plan(spec, false, scene(_ -> FINE, hosts));
        assertThat(text(plan)).isEqualTo(expected);
        assertThat(MaintenancePlanner.plan(spec, false, scene(_ -> FINE, hosts)))
                .isEqualTo(plan);
    }

    private static String text(MaintenancePlan plan) {
        var lines = new ArrayList<String>();
        for (var step : plan.steps()) lines.add(text(step));
        for (var hold : plan.holds()) lines.add("? %s %s".formatted(hold.code(), hold.detail()));
        return String.join("\n", lines);
    }

    private static String text(MaintenanceStep step) {
        var name = step.host().name();
        return switch (step) {
            case MaintenanceStep.TakeOut _ -> "+ take out " + name;
            case MaintenanceStep.Refuse(var _, var why) -> "- refuse %s: %s".formatted(name, why);
            case MaintenanceStep.Skip(var _, var why) -> "- skip %s: %s".formatted(name, why);
            case MaintenanceStep.ShutOff(var _, var machines) ->
                "x %s shuts off %s"
                        .formatted(
                                name,
                                machines.stream().map(MaintenanceHolds::name).collect(Collectors.joining(", ")));
            case MaintenanceStep.Reboot(var _, var boot) -> "! %s leaves boot %s".formatted(name, boot);
            case MaintenanceStep.Reach(var _, var stage, var _) ->
                "> %s %s".formatted(name, regie.kernel.Json.name(stage));
            case MaintenanceStep.Abandon(var _, var _) -> "/ %s is given up".formatted(name);
            case MaintenanceStep.GiveBack(var _, var stage) -> "< %s %s".formatted(name, regie.kernel.Json.name(stage));
        };
    }

    private static MaintenanceScene scene(MaintenanceScene.Foresight foresight, MaintenanceHost... hosts) {
        return new MaintenanceScene(NOW, List.of(hosts), Set.of(), List.of(), foresight);
    }

    private static UUID uid(String name) {
        return new UUID(0, name.hashCode());
    }

    private static MaintenanceHost host(String name, MaintenanceStage stage) {
        return host(name, stage, State.SCHEDULABLE, NOW, Optional.empty());
    }

    private static MaintenanceHost closed(String name, MaintenanceStage stage) {
        return host(name, stage, State.DRAINING, NOW, Optional.empty());
    }

    /** @param now what was done last, was done a minute before */
    private static MaintenanceHost host(
            String name,
            MaintenanceStage stage,
            State state,
            Instant now,
            Optional<Instant> looked,
            HostGuests.Standing... machines) {
        return new MaintenanceHost(
                uid(name),
                name,
                "",
                "a",
                stage,
                now.minusSeconds(60),
                Optional.of(State.SCHEDULABLE),
                0,
                looked,
                "",
                true,
                state,
                Presence.UP,
                List.of(machines),
                List.of(),
                MaintenanceReboot.NONE);
    }

    /** One that is empty, or was told a minute ago to leave boot {@code b1}. */
    private static MaintenanceHost rebooting(MaintenanceStage stage, MaintenanceReboot reboot) {
        var plain = closed("h1", stage);
        return new MaintenanceHost(
                plain.server(),
                "h1",
                "",
                "a",
                stage,
                plain.since(),
                plain.before(),
                0,
                plain.looked(),
                "",
                true,
                State.DRAINING,
                Presence.UP,
                List.of(),
                List.of(),
                reboot);
    }

    private static MaintenanceReboot reboot(Way way, String boot, long toldSecondsAgo, int tells) {
        return new MaintenanceReboot(
                way,
                Optional.of(boot).filter(known -> !known.isEmpty()),
                Optional.of("b1").filter(_ -> tells > 0),
                Optional.of(NOW.minusSeconds(toldSecondsAgo)).filter(_ -> tells > 0),
                tells,
                "");
    }

    private static MaintenanceHost drained(String name, HostGuests.Standing... machines) {
        return host(name, MaintenanceStage.DRAINING, State.DRAINING, NOW, Optional.empty(), machines);
    }

    private static HostGuests.Standing running(String name, Optional<String> stuck) {
        return new HostGuests.Standing(uid(name), new Key("Instance", "shop", name), true, stuck);
    }
}
