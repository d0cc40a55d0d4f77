package regie.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.kernel.Clock;

/** What comes out is feasible, costs what it says by the published definition, and is the best there is where all can be tried. */
final class ReassignmentTest {
    /** Two machines of 10 (safety 6) in two locations, three processes of 4, 3 and 2 of which two are one service. */
    private static final String SMALL = """
            1
            0 10
            2
            0 0 10 6 0 2
            0 1 10 6 1 0
            2
            1 0
            1 1 0
            3
            0 4 5
            1 3 1
            1 2 1
            0
            1 10 100
            """;

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @Test
    void costsAreThoseThatAHandComesTo() throws IOException {
        write("model", SMALL);
        var model = ReassignFiles.model(folder.resolve("model"));
        // Machine 0 has 7, one over its safety: 10. Process 1 can't join process 2, which is of its service, but both
        // may swap:
        // then 6 and 3, no load; two moves of weight 1, two of one service 20, and (2 + 1) × 100 between the machines.
        var state = new ReassignState(model, new int[] {0, 0, 1});
        assertThat(state.cost()).isEqualTo(10);
        assertThat(state.shift(1, 1)).as("conflict").isFalse();
        assertThat(new PublishedScore(SMALL).cost(new int[] {0, 0, 1}, new int[] {0, 1, 0}))
                .hasValue(1 + 1 + 20 + 300);
        // Process 0 to machine 1: 3 and 6, no load; 5 for the process, 10 for the service, 200 between the machines.
        assertThat(state.shiftDelta(0, 1)).isEqualTo(-10 + 5 + 10 + 200);
        assertThat(model.lowerBound()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyStepKeepsCostAndRules(long seed) throws IOException {
        var problem = ReassignProblem.random(seed, 5, 14);
        write("model", problem.model());
        var score = new PublishedScore(problem.model());
        var state = new ReassignState(ReassignFiles.model(folder.resolve("model")), problem.start());
        var random = new Random(seed);
        for (int step = 0; step < 3_000; step++) {
            int process = random.nextInt(14);
            int other = random.nextInt(14);
            int to = random.nextInt(5);
            long before = state.cost();
            boolean swap = random.nextBoolean();
            long delta = swap ? state.swapDelta(process, other) : state.shiftDelta(process, to);
            if (delta == ReassignState.NEVER) continue;
            boolean done = swap ? state.swap(process, other) : state.shift(process, to);
            assertThat(score.cost(problem.start(), state.assignment())).hasValue(state.cost());
            if (!done) assertThat(state.cost()).isEqualTo(before);
            else if (swap) assertThat(state.cost() - before).isLessThanOrEqualTo(delta);
            else assertThat(state.cost() - before).isEqualTo(delta);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsBetterWhereAllCanBeTried(long seed) throws IOException, InterruptedException {
        var problem = ReassignProblem.random(seed, 3, 7);
        var score = new PublishedScore(problem.model());
        var done = run(problem, 300);
        assertThat(done.initialCost())
                .isEqualTo(score.cost(problem.start(), problem.start()).orElseThrow());
        assertThat(score.cost(problem.start(), result())).hasValue(done.finalCost());
        long best = Long.MAX_VALUE;
        var tried = new int[7];
        for (int code = 0; code < Math.pow(3, 7); code++) {
            for (int at = 0, rest = code; at < 7; at++, rest /= 3) tried[at] = rest % 3;
            best = Math.min(best, score.cost(problem.start(), tried).orElse(Long.MAX_VALUE));
        }
        assertThat(done.lowerBound()).isLessThanOrEqualTo(best);
        // Single shifts and swaps do not reach every assignment through feasible ones, so the best may stay out of
        // reach.
        assertThat(done.finalCost()).isBetween(best, done.initialCost());
        reached += done.finalCost() == best ? 1 : 0;
        assertThat(reached).as("how often it was the best, until seed " + seed).isGreaterThanOrEqualTo((int)
                (seed * 0.7));
    }

    private static int reached;

    @Test
    void largerProblemsStayFeasibleAndGetBetter() throws IOException, InterruptedException {
        var problem = ReassignProblem.random(99, 30, 40);
        var done = run(problem, 1_000);
        assertThat(new PublishedScore(problem.model()).cost(problem.start(), result()))
                .hasValue(done.finalCost());
        assertThat(done.finalCost()).isLessThan(done.initialCost());
        assertThat(done.seconds()).isLessThan(10);
    }

    @Test
    void malformedFilesAreRefusedWithLineAndNumber() throws IOException {
        assertRefused(
                SMALL.replace("0 0 10 6 0 2", "0 0 10 6 0 -2"), "0 0 1", "line 4, number 6: expected a cost of moving");
        assertRefused(
                SMALL.replace("1 1 0\n3", "1 1 2\n3"),
                "0 0 1",
                "line 8, number 3: expected a service, a number from 0 to 1");
        assertRefused(SMALL + " 7", "0 0 1", "line 15, number 1: expected the end of the file");
        assertRefused(SMALL.substring(0, 40), "0 0 1", "expected");
        assertRefused(SMALL, "0 0", "line 2, number 1: expected a machine, a number from 0 to 1");
        assertRefused(SMALL, "0 x 1", "line 1, number 2");
        assertRefused(SMALL, "0 1 1", "machine 1 has two processes of service 1");
        assertRefused(SMALL.replace("0 0 10 6", "0 0 5 6"), "0 0 1", "machine 0 is over its capacity of resource 0");
    }

    private void assertRefused(String model, String start, String message) throws IOException {
        write("model", model);
        write("start", start + "\n");
        assertThatThrownBy(() -> Reassignment.run(
                        folder.resolve("model"),
                        folder.resolve("start"),
                        folder.resolve("new"),
                        Duration.ofMillis(1),
                        1,
                        Clock.SYSTEM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    private Reassignment run(ReassignProblem problem, int millis) throws IOException, InterruptedException {
        write("model", problem.model());
        write(
                "start",
                Arrays.stream(problem.start()).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        return Reassignment.run(
                folder.resolve("model"),
                folder.resolve("start"),
                folder.resolve("new"),
                Duration.ofMillis(millis),
                1,
                Clock.SYSTEM);
    }

    private int[] result() throws IOException {
        return Arrays.stream(Files.readString(folder.resolve("new")).trim().split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
