package regie.placement.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: no order of placements, removals, resizes, closed, lost and new hosts and edited rules leaves a promise that is neither
 * kept nor shown as a gap. Method: production planners, every declared failure injected, judged by the checker. The whole is
 * {@code ./regie lab survive}.
 */
class SurvivalStormTest {
    private static final int SEEDS = 3;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPromiseIsKeptOrShownAsAGap(long seed) {
        var outcome = new SurvivalStorm(seed).run(10_000, 1_000);
        assertThat(outcome.returned()).as(outcome.toString()).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsHeldThatNoFailureNeeds(long seed) {
        var outcome = new SurvivalStorm(seed, false).run(2_000, 100);
        assertThat(outcome.returned()).as(outcome.toString()).isPositive();
    }
}
