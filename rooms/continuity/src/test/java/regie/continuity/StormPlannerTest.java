package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import regie.continuity.StormSpec.Decision;
import regie.continuity.Verdict.Said;

/** Many that are missed at once. */
class StormPlannerTest {
    private static final Duration A_SECOND_AGO = Duration.ofSeconds(1);

    private final Missing world = new Missing().hosts("par1", 40);

    private Missing suspect(String name) {
        return world.missedByAll(name).verdict(name, it -> it);
    }

    @Test
    void manyAtOnceAreAStormAndNoneIsFenced() {
        for (int at = 0; at < 5; at++) {
            var name = "par1-h%03d".formatted(at);
            world.missedByAll(name)
                    .controller(name)
                    .verdict(name, it -> Missing.answered(it, A_SECOND_AGO, Said.OFF, ""));
        }
        assertThat(world.told())
                .startsWith("storm at par1: 5 of 40\n! par1-h000")
                .doesNotContain("dead par1-h0", "condemn", "cut par1");
        world.storm("par1-1", Optional.of("par1"), Decision.HELD);
        assertThat(world.told()).startsWith("! par1-h000").contains("regie storm release par1-1, or keep");
        world.storms.clear();
        world.storm("par1-1", Optional.of("par1"), Decision.RELEASED);
        assertThat(world.told()).startsWith("dead par1-h000: its controller says that its power is off\n");
    }

    /** Of those that vanish together some are missed a little before others. */
    @Test
    void whoIsMissedFirstIsOnlyAskedAboutUntilItIsKnownWhoVanishedWithIt() {
        var off = "par1-h001";
        world.missedFor(off, Duration.ofMillis(690))
                .controller(off)
                .verdict(off, it -> Missing.answered(it, Duration.ZERO, Said.OFF, ""));
        assertThat(world.told()).doesNotContain("dead par1-h001");
        assertThat(VerdictPlanner.plan(world.look())).satisfies(plan -> {
            assertThat(plan.next()).contains(Missing.NOW.plusMillis(10));
            assertThat(plan.doubted()).isEmpty();
        });
        world.missedFor(off, Duration.ofMillis(700));
        for (int at = 2; at < 6; at++) world.late.add(Missing.uid("par1-h%03d".formatted(at)));
        assertThat(world.told()).startsWith("storm at par1: 5 of 40\n");
        assertThat(VerdictPlanner.plan(world.look()).doubted()).isEmpty();
        world.late.remove(Missing.uid("par1-h002"));
        assertThat(world.told()).startsWith("dead par1-h001");
        assertThat(VerdictPlanner.plan(world.look()).doubted()).containsExactly(Missing.uid(off));
    }

    @Test
    void whoIsOnlyLateMakesNoStormNorDoesOneWhoseLineAloneIsGone() {
        for (int at = 0; at < 9; at++) world.late.add(Missing.uid("par1-h%03d".formatted(at)));
        assertThat(world.told()).isEmpty();
        for (int at = 0; at < 9; at++) world.missed("par1-h%03d".formatted(at), 10, Missing.ROOM, Missing.BOTH);
        suspect("par1-h020");
        assertThat(world.told()).doesNotContain("storm at");
    }

    /** Those that are late keep it up until it is known what has become of them: otherwise it would end and begin anew. */
    @Test
    void aStormDoesNotEndWhileItsHostsAreLate() {
        world.storm("held", Optional.of("par1"), Decision.HELD);
        suspect("par1-h000");
        for (int at = 1; at < 5; at++) world.late.add(Missing.uid("par1-h%03d".formatted(at)));
        assertThat(world.told()).doesNotContain("end storm");
        world.late.clear();
        assertThat(world.told()).startsWith("end storm held\n");
    }

    @Test
    void fewerThanThreeAreNoStormWhateverTheirShare() {
        var small = new Missing().hosts("lab", 4);
        for (var name : List.of("lab-h000", "lab-h001"))
            small.missedByAll(name)
                    .controller(name)
                    .verdict(name, it -> Missing.answered(it, A_SECOND_AGO, Said.OFF, ""));
        assertThat(small.told()).startsWith("dead lab-h000").contains("dead lab-h001");
    }

    @Test
    void deathsOneAfterTheOtherAreAStormToo() {
        for (int at = 0; at < 4; at++) world.diedLately("par1-h%03d".formatted(at));
        suspect("par1-h010");
        assertThat(world.told()).startsWith("storm at par1: 5 of 40\n");
    }

    @Test
    void overSeveralSitesItIsOneStorm() {
        var estate = new Missing().hosts("a", 20).hosts("b", 20);
        for (var name : List.of("a-h000", "a-h001", "a-h002", "b-h000", "b-h001", "b-h002"))
            estate.missedByAll(name).verdict(name, it -> it);
        assertThat(estate.told()).startsWith("storm at all sites: 6 of 40\n! ");
    }

    @Test
    void whoDiesElsewhereDuringAStormIsFencedAsEver() {
        world.hosts("fra1", 40).storm("par1-1", Optional.of("par1"), Decision.HELD);
        for (int at = 0; at < 30; at++) suspect("par1-h%03d".formatted(at));
        world.missedByAll("fra1-h001")
                .controller("fra1-h001")
                .verdict("fra1-h001", it -> Missing.answered(it, A_SECOND_AGO, Said.OFF, ""));
        assertThat(world.told()).startsWith("dead fra1-h001");
    }

    @Test
    void aStormEndsWithHalfOfThoseThatMadeItAndAKeptOneWithTheLast() {
        world.storm("held", Optional.of("par1"), Decision.HELD);
        suspect("par1-h000");
        suspect("par1-h001");
        suspect("par1-h002");
        assertThat(world.told()).doesNotContain("end storm");
        world.suspicions.remove(Missing.uid("par1-h002"));
        assertThat(world.told()).startsWith("end storm held\n");
        world.storms.clear();
        world.storm("kept", Optional.of("par1"), Decision.KEPT);
        assertThat(world.told()).doesNotContain("end storm");
    }
}
