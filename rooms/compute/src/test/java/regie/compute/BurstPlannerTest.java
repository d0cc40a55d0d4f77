package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import regie.kernel.Hold;

class BurstPlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static BurstSpec spec(double price, double budget, int afterSeconds) {
        return new BurstSpec("paris", "t3.small", "ami-1", Optional.empty(), price, budget, afterSeconds);
    }

    private static BurstMachine machine(int number, BurstState state, long price) {
        var uid = new UUID(0, number);
        var request = new Cloud.Request(uid, new UUID(9, 9), "x", "f", "i", Optional.empty(), Optional.empty());
        return new BurstMachine(
                uid,
                new UUID(1, 1),
                "paris",
                request,
                price,
                state,
                NOW.minusSeconds(number),
                Optional.empty(),
                false,
                Optional.empty(),
                "");
    }

    private static List<Instant> waiting(int members, int seconds) {
        return Collections.nCopies(members, NOW.minusSeconds(seconds));
    }

    private static BurstPlanner.Plan plan(
            BurstSpec spec, int cap, int home, List<Instant> waiting, int lacking, BurstMachine... away) {
        return BurstPlanner.plan(
                Optional.of(spec), new BurstPlanner.Seen(cap, home, waiting, lacking, List.of(away)), NOW);
    }

    private static List<String> codes(BurstPlanner.Plan plan) {
        return plan.hold().map(Hold::code).stream().toList();
    }

    @Test
    void whoHasWaitedLongEnoughGetsAStandIn() {
        assertThat(plan(spec(0.1, 5, 60), 20, 10, waiting(3, 60), 3).starts()).isEqualTo(3);
        assertThat(plan(spec(0.1, 5, 60), 20, 10, waiting(3, 59), 3).starts()).isZero();
        assertThat(plan(spec(0.1, 5, 60), 20, 10, waiting(3, 60), 3, machine(1, BurstState.WANTED, 1_000))
                        .starts())
                .isEqualTo(2);
    }

    @Test
    void budgetAndCapCountMachinesInEveryState() {
        var poor = plan(spec(0.1, 0.35, 0), 20, 10, waiting(3, 60), 3, machine(1, BurstState.ENDING, 2_000));
        assertThat(poor.starts()).isEqualTo(1);
        assertThat(codes(poor)).containsExactly("burst-budget");
        var full = plan(spec(0.1, 5, 0), 12, 10, waiting(3, 60), 3, machine(1, BurstState.ENDING, 2_000));
        assertThat(full.starts()).isEqualTo(1);
        assertThat(codes(full)).containsExactly("burst-at-cap");
    }

    @Test
    void theyComeHomeOnlyOnceOthersRunThere() {
        var away = new BurstMachine[] {machine(1, BurstState.STARTED, 1_000), machine(2, BurstState.STARTED, 1_000)};
        assertThat(plan(spec(0.1, 5, 0), 20, 10, waiting(2, 99), 2, away).ends())
                .isEmpty();
        assertThat(plan(spec(0.1, 5, 0), 20, 10, List.of(), 2, away).ends())
                .as("two got their places and do not run yet")
                .isEmpty();
        assertThat(plan(spec(0.1, 5, 0), 20, 10, List.of(), 1, away).ends()).hasSize(1);
        assertThat(plan(spec(0.1, 5, 0), 20, 10, List.of(), 0, away).ends()).hasSize(2);
    }

    @Test
    void allEndWhereTheFleetMayNoMoreOrIsGone() {
        var seen = new BurstPlanner.Seen(
                9,
                3,
                waiting(3, 99),
                3,
                List.of(machine(1, BurstState.STARTED, 1_000), machine(2, BurstState.WANTED, 1_000)));
        assertThat(BurstPlanner.plan(Optional.empty(), seen, NOW).ends()).hasSize(2);
    }

    @Test
    void smallerBudgetEndsWhatIsBeyondIt() {
        var away = new BurstMachine[] {machine(1, BurstState.STARTED, 1_000), machine(2, BurstState.STARTED, 1_000)};
        assertThat(plan(spec(0.1, 0.1, 0), 20, 10, waiting(2, 99), 2, away).ends())
                .hasSize(1);
    }

    /**
     * Goal: whatever is seen, no plan goes beyond the cap or the budget, starts and ends at once, ends what is needed and paid, or depends on
     * the order of what it sees. Method: random fleets; the oracle adds up by itself, in whole ten-thousandths.
     */
    @Test
    void promisesHoldWhateverIsSeen() {
        int started = 0;
        int ended = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            long price = 1L + random.nextInt(3_000);
            long budget = random.nextInt(20_000);
            var spec = spec(price / 10_000.0, budget / 10_000.0, random.nextInt(100));
            var away = new ArrayList<BurstMachine>();
            IntStream.range(0, random.nextInt(8))
                    .forEach(at -> away.add(machine(
                            at, List.of(BurstState.values()).get(random.nextInt(3)), 1L + random.nextInt(3_000))));
            var waiting = new ArrayList<Instant>();
            IntStream.range(0, random.nextInt(12)).forEach(_ -> waiting.add(NOW.minusSeconds(random.nextInt(200))));
            int home = waiting.size() + random.nextInt(20);
            int cap = random.nextInt(45);
            int lacking = random.nextInt(20);
            var plan =
                    BurstPlanner.plan(Optional.of(spec), new BurstPlanner.Seen(cap, home, waiting, lacking, away), NOW);

            long paid = away.stream().mapToLong(BurstMachine::price).sum();
            if (plan.starts() > 0) {
                started++;
                assertThat(home + away.size() + plan.starts())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(cap);
                assertThat(paid + plan.starts() * price).as("seed %d", seed).isLessThanOrEqualTo(budget);
                assertThat(plan.ends()).as("seed %d", seed).isEmpty();
            }
            var living = away.stream()
                    .filter(machine -> machine.state() != BurstState.ENDING)
                    .toList();
            var ends = new HashSet<>(plan.ends());
            assertThat(living).extracting(BurstMachine::uid).containsAll(ends);
            long left = living.stream()
                    .filter(machine -> !ends.contains(machine.uid()))
                    .count();
            long livingPrice = living.stream().mapToLong(BurstMachine::price).sum();
            if (livingPrice <= budget)
                assertThat(left).as("seed %d", seed).isGreaterThanOrEqualTo(Math.min(living.size(), waiting.size()));
            if (!ends.isEmpty()) ended++;
            Collections.shuffle(away, random);
            Collections.shuffle(waiting, random);
            assertThat(BurstPlanner.plan(
                            Optional.of(spec), new BurstPlanner.Seen(cap, home, waiting, lacking, away), NOW))
                    .isEqualTo(plan);
        }
        assertThat(started).isGreaterThan(200);
        assertThat(ended).isGreaterThan(200);
    }
}
