package regie.engine.cpsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.placement.Program;
import regie.placement.Program.Term;
import regie.placement.Solver.Answer;

/** Its answers beside what trying all values finds. */
final class CpSatTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final CpSat SOLVER = new CpSat();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsBetterThanWhatItFinds(long seed) {
        var random = new Random(seed);
        var program = new Program();
        int[] most = random.ints(6, 0, 4).toArray();
        var sums = new ArrayList<long[]>();
        for (int value : most) program.hint(program.add(value), 1);
        for (int at = 0; at < 3; at++) {
            var factors = random.longs(most.length, -3, 6).toArray();
            sums.add(factors);
            program.require(terms(factors), -4, 11);
        }
        var weights = random.longs(most.length, -2, 9).toArray();
        for (int at = 0; at < weights.length; at++) program.reward(at, weights[at]);
        long best = best(most, sums, weights, new long[most.length], 0);
        var found = (Answer.Found) SOLVER.solve(program, LIMIT);
        assertThat(found.objective()).isEqualTo(best).isEqualTo(sum(weights, array(found.values())));
        assertThat(found.bound()).isEqualTo(best);
        for (var factors : sums) assertThat(sum(factors, array(found.values()))).isBetween(-4L, 11L);
    }

    @Test
    void whatCanNotBeMetIsSaidToBeSo() {
        var program = new Program();
        program.require(List.of(new Term(program.add(3), 1)), 4, 5);
        assertThat(SOLVER.solve(program, LIMIT)).isEqualTo(new Answer.Nothing());
    }

    @Test
    void withoutTheNativeLibraryOneLineSaysSo() throws IOException, InterruptedException {
        var without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(each -> !each.contains("ortools-linux"))
                .collect(Collectors.joining(File.pathSeparator));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-cp", without, SolveTwice.class.getName())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output.lines().filter(line -> line.contains("Unavailable"))).hasSize(2);
        assertThat(output.lines().filter(line -> line.startsWith("WARNING: CP-SAT can't be loaded here")))
                .hasSize(1);
    }

    static final class SolveTwice {
        private SolveTwice() {}

        public static void main(String[] args) {
            for (int at = 0; at < 2; at++) System.out.println(SOLVER.solve(new Program(), LIMIT));
        }
    }

    private static List<Term> terms(long[] factors) {
        var terms = new ArrayList<Term>();
        for (int at = 0; at < factors.length; at++) terms.add(new Term(at, factors[at]));
        return terms;
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(each -> each).toArray();
    }

    private static long sum(long[] factors, long[] values) {
        long sum = 0;
        for (int at = 0; at < factors.length; at++) sum += factors[at] * values[at];
        return sum;
    }

    private static long best(int[] most, List<long[]> sums, long[] weights, long[] values, int at) {
        if (at == values.length) {
            boolean met = sums.stream().allMatch(factors -> sum(factors, values) >= -4 && sum(factors, values) <= 11);
            return met ? sum(weights, values) : Long.MIN_VALUE;
        }
        long best = Long.MIN_VALUE;
        for (values[at] = 0; values[at] <= most[at]; values[at]++)
            best = Math.max(best, best(most, sums, weights, values, at + 1));
        values[at] = 0;
        return best;
    }
}
