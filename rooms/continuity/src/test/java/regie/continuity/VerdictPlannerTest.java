package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import regie.continuity.StormSpec.Decision;
import regie.continuity.Suspicion.Path;
import regie.continuity.Verdict.Said;

class VerdictPlannerTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration A_SECOND_AGO = Duration.ofSeconds(1);
    private static final String SINCE = "not heard by its neighbours and the room since 2026-01-01T00:09:58Z; ";

    private final Missing world = new Missing().hosts("par1", 40);

    private Missing suspect(String name) {
        return world.missedByAll(name).verdict(name, it -> it);
    }

    @Test
    void whoIsMissedIsSuspectedAndNothingMore() {
        world.missedByAll("par1-h001");
        assertThat(world.told())
                .isEqualTo("suspect par1-h001\n! par1-h001 suspect: " + SINCE + "proof is looked for\n");
    }

    @Test
    void itsControllerIsAskedFirst() {
        suspect("par1-h001").controller("par1-h001");
        assertThat(world.told())
                .isEqualTo("ask par1-h001\n! par1-h001 suspect: " + SINCE + "its controller is asked\n");
    }

    @Test
    void whatItsControllerSaysIsOffIsDead() {
        world.missedByAll("par1-h001")
                .controller("par1-h001")
                .verdict("par1-h001", it -> Missing.answered(it, A_SECOND_AGO, Said.OFF, ""));
        assertThat(world.told()).startsWith("dead par1-h001: its controller says that its power is off\n");
    }

    /** It may have been switched on after that, and be heard since. */
    @Test
    void whatWasSaidBeforeItWasMissedIsNoProof() {
        world.missedByAll("par1-h001")
                .controller("par1-h001")
                .verdict("par1-h001", it -> Missing.answered(it, Duration.ofSeconds(3), Said.OFF, ""));
        assertThat(world.told()).startsWith("ask par1-h001\n").doesNotContain("dead par1");
    }

    /** A storm may have held it meanwhile, and somebody switched it on. */
    @Test
    void whatWasSaidLongAgoIsNoProof() {
        world.missed("par1-h001", 600, Missing.BOTH, Missing.BOTH)
                .controller("par1-h001")
                .verdict("par1-h001", it -> Missing.answered(it, Duration.ofMinutes(5), Said.OFF, ""));
        assertThat(world.told()).contains("ask par1-h001\n").doesNotContain("dead par1");
    }

    @Test
    void refusalOfAServerThatIsDeclaredNoMoreIsLifted() {
        var gone = new UUID(9, 9);
        world.condemned.add(gone);
        assertThat(VerdictPlanner.plan(world.look()).steps()).contains(new VerdictStep.Lift(gone));
    }

    @Test
    void whatIsOnIsCondemnedBeforeItsPowerIsCut() {
        world.missedByAll("par1-h001")
                .controller("par1-h001")
                .verdict("par1-h001", it -> Missing.answered(it, A_SECOND_AGO, Said.ON, ""));
        assertThat(world.told()).startsWith("condemn par1-h001\n").doesNotContain("cut par1");
        world.verdict("par1-h001", it -> Missing.condemned(Missing.answered(it, A_SECOND_AGO, Said.ON, "")));
        assertThat(world.told()).isEqualTo("cut par1-h001\n! par1-h001 suspect: " + SINCE + "its power is cut\n");
    }

    @Test
    void whereTheRoomAloneCouldHearItItIsGivenTime() {
        world.missed("par1-h001", 10, Missing.ROOM, Missing.ROOM)
                .controller("par1-h001")
                .verdict("par1-h001", it -> Missing.answered(it, A_SECOND_AGO, Said.ON, ""));
        assertThat(world.told())
                .doesNotContain("condemn")
                .contains("its controller says on; its power is cut at 2026-01-01T00:10:20Z");
        world.missed("par1-h001", 31, Missing.ROOM, Missing.ROOM);
        assertThat(world.told()).contains("condemn par1-h001");
    }

    @Test
    void aPauseShorterThanTheLeaseCostsNeitherPowerNorLease() {
        world.grace = Duration.ofSeconds(8);
        for (long missed = 0; missed < 12; missed++) {
            world.missed("par1-h001", (int) missed, Missing.BOTH, Missing.BOTH)
                    .controller("par1-h001")
                    .leased("par1-h001")
                    .verdict("par1-h001", it -> Missing.answered(it, Duration.ZERO, Said.ON, ""));
            assertThat(world.told().startsWith("condemn par1-h001\n"))
                    .as("missed for %d s", missed)
                    .isEqualTo(missed >= 8);
            assertThat(world.told()).doesNotContain("cut par1-h001");
        }
    }

    @Test
    void whoIsHeardOnTheOtherPathIsLeftAlone() {
        for (var by : Path.values()) {
            world.missed("par1-h001", 100, Set.of(by), Missing.BOTH)
                    .controller("par1-h001")
                    .leased("par1-h001")
                    .verdict("par1-h001", it -> it);
            assertThat(world.told()).startsWith("! par1-h001").contains("it is heard on the other path");
        }
    }

    @Test
    void aControllerThatLiesIsAskedEverMoreSeldomAndBelievedNothing() {
        world.missedByAll("par1-h001")
                .controller("par1-h001")
                .verdict(
                        "par1-h001",
                        it -> Missing.toldOff(
                                Missing.condemned(Missing.answered(it, A_SECOND_AGO, Said.ON, "")), A_SECOND_AGO, 3));
        assertThat(world.told())
                .isEqualTo("! par1-h001 suspect: " + SINCE
                        + "its controller was told 3 times to cut its power and says that it is on\n");
    }

    @Test
    void aControllerOfNoHelpIsAHoldWithItsReason() {
        world.missedByAll("par1-h001")
                .controller("par1-h001")
                .verdict(
                        "par1-h001",
                        it -> Missing.answered(
                                it,
                                A_SECOND_AGO,
                                Said.FAULT,
                                "it does not know the user, or the password is wrong (401)"));
        assertThat(world.told())
                .isEqualTo("! par1-h001 suspect: " + SINCE
                        + "its controller is of no help: it does not know the user, or the password is wrong (401)\n");
    }

    /** Host and controller lose power together. */
    @Test
    void theLeaseProvesWhatNoControllerCanSay() {
        world.missedByAll("par1-h001")
                .controller("par1-h001")
                .leased("par1-h001")
                .verdict("par1-h001", it -> Missing.answered(it, A_SECOND_AGO, Said.FAULT, "no route to it"));
        assertThat(world.told()).startsWith("condemn par1-h001\n").endsWith("no route to it; its lease runs out\n");
        world.verdict(
                "par1-h001", it -> Missing.condemned(Missing.answered(it, A_SECOND_AGO, Said.FAULT, "no route to it")));
        world.ranOut.put(Missing.uid("par1-h001"), "its lease has run out");
        assertThat(world.told()).startsWith("dead par1-h001: its lease has run out\n");
    }

    @Test
    void aLeaseOfWhoIsNotCondemnedProvesNothing() {
        suspect("par1-h001").leased("par1-h001");
        world.ranOut.put(Missing.uid("par1-h001"), "its lease has run out");
        assertThat(world.told()).startsWith("condemn par1-h001\n").doesNotContain("dead par1-h001:");
    }

    @Test
    void withoutAnyProofItIsSaidWhoCanGiveOne() {
        suspect("par1-h001");
        assertThat(world.told()).contains("regie server declare-dead par1-h001").doesNotContain("condemn");
    }

    @Test
    void whoIsHeardAgainIsAcquittedAndWhoCameBackMayHaveLeases() {
        world.verdict("par1-h001", Missing::condemned);
        world.condemned.add(Missing.uid("par1-h002"));
        assertThat(world.told()).isEqualTo("acquit par1-h001\nlift\n");
    }

    @Test
    void anOperatorsWordEndsTheVerdict() {
        world.missedByAll("par1-h001").dead("par1-h001").verdict("par1-h001", it -> it);
        assertThat(world.told()).isEqualTo("dead par1-h001: an operator declared it dead\n");
    }

    /** Does its own arithmetic over random looks: whatever is known, nobody dies without proof, nor in a storm. */
    @Test
    void nobodyDiesWithoutProofNorInAStorm() {
        var met = new HashSet<Class<?>>();
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var any = random(random);
            var look = any.look();
            var plan = VerdictPlanner.plan(look);
            assertThat(VerdictPlanner.plan(any.shuffledVerdicts(random)).steps())
                    .as("seed %d, in another order", seed)
                    .containsExactlyInAnyOrderElementsOf(plan.steps());
            for (var step : plan.steps()) met.add(step.getClass());
            for (var step : plan.steps()) judge(seed, look, plan, step);
        }
        assertThat(met).containsExactlyInAnyOrder(VerdictStep.class.getPermittedSubclasses());
    }

    private static void judge(long seed, Look look, VerdictPlan plan, VerdictStep step) {
        UUID server = switch (step) {
            case VerdictStep.Declare it -> it.verdict().server();
            case VerdictStep.CutPower it -> it.verdict().server();
            case VerdictStep.Condemn it -> it.verdict().server();
            case VerdictStep.Suspect _,
                    VerdictStep.Ask _,
                    VerdictStep.Acquit _,
                    VerdictStep.Lift _,
                    VerdictStep.BeginStorm _,
                    VerdictStep.EndStorm _ -> new UUID(0, 0);
        };
        var host = look.hosts().stream()
                .filter(each -> each.server().equals(server))
                .findFirst();
        if (host.isEmpty() || host.get().dead()) return;
        var what = "seed %d: %s of %s"
                .formatted(seed, step.getClass().getSimpleName(), host.get().name());
        var suspicion = look.suspicion(server).orElseThrow(() -> new AssertionError(what));
        assertThat(suspicion.missedBy()).as(what).containsAll(suspicion.watchedBy());
        assertThat(look.storms().stream()
                        .filter(storm -> storm.spec().decision() != Decision.RELEASED)
                        .filter(storm -> storm.spec().site().isEmpty()
                                || storm.spec().site().get().equals(host.get().site()))
                        .filter(storm -> !plan.steps().contains(new VerdictStep.EndStorm(storm.name()))))
                .as(what)
                .isEmpty();
        long missing = look.hosts().stream()
                .filter(each -> each.site().equals(host.get().site()) && !each.dead())
                .filter(each -> look.suspicion(each.server())
                        .filter(it -> it.missedBy().containsAll(it.watchedBy()))
                        .isPresent())
                .count();
        boolean released = look.storms().stream().anyMatch(storm -> storm.spec().decision() == Decision.RELEASED);
        long there = look.hosts().stream()
                .filter(each -> each.site().equals(host.get().site()) && !each.dead())
                .count();
        if (!released) assertThat(missing < 3 || missing * 10 <= there).as(what).isTrue();
        assertThat(Duration.between(suspicion.since(), look.now()))
                .as(what)
                .isGreaterThanOrEqualTo(Duration.ofMillis(700));
        if (!(step instanceof VerdictStep.Declare declare)) return;
        var verdict = declare.verdict();
        boolean off = verdict.answer().isPresent()
                && verdict.answer().get().said() == Said.OFF
                && !verdict.answer().get().asked().isBefore(suspicion.since());
        boolean ranOut = verdict.condemned().isPresent() && look.ranOut().containsKey(server);
        assertThat(off || ranOut).as(what + " has proof").isTrue();
    }

    private static <T> T any(Random random, T[] all) {
        return List.of(all).get(random.nextInt(all.length));
    }

    private static Missing random(Random random) {
        var any = new Missing();
        var names = new ArrayList<String>();
        for (var site : List.of("a", "b")) {
            any.hosts(site, 1 + random.nextInt(30));
        }
        names.addAll(any.hosts.keySet());
        int most = random.nextInt(8);
        for (int at = 0; at < most; at++) {
            var name = names.get(random.nextInt(names.size()));
            var watched = random.nextBoolean() ? Missing.ROOM : Missing.BOTH;
            var by = random.nextInt(4) > 0 ? watched : Missing.ROOM;
            any.missed(name, random.nextInt(60), by, watched);
            if (random.nextBoolean()) any.controller(name);
            if (random.nextBoolean()) any.leased(name);
            if (random.nextInt(4) == 0) any.ranOut.put(Missing.uid(name), "its lease has run out");
            if (random.nextInt(10) == 0) any.dead(name);
            if (random.nextInt(6) > 0) any.verdict(name, it -> random(random, it));
            if (random.nextInt(8) == 0) any.suspicions.remove(Missing.uid(name));
            if (random.nextInt(5) == 0) any.late.add(Missing.uid(names.get(random.nextInt(names.size()))));
        }
        if (random.nextInt(5) == 0) any.condemned.add(Missing.uid(names.getFirst()));
        if (random.nextInt(3) == 0) {
            var decision = any(random, Decision.values());
            any.storm("s", random.nextBoolean() ? Optional.of("a") : Optional.empty(), decision);
        }
        if (random.nextInt(4) == 0) any.diedLately(names.getLast());
        return any;
    }

    private static Verdict random(Random random, Verdict verdict) {
        var it = verdict;
        if (random.nextBoolean()) it = Missing.condemned(it);
        if (random.nextInt(3) > 0) it = Missing.asked(it, NOW.plusSeconds(random.nextInt(5)));
        if (random.nextInt(3) > 0)
            it = Missing.answered(it, NOW.plusSeconds(random.nextInt(60)), any(random, Said.values()), "so");
        if (random.nextInt(3) == 0)
            it = Missing.toldOff(it, NOW.plusSeconds(random.nextInt(60)), 1 + random.nextInt(5));
        return it;
    }
}
