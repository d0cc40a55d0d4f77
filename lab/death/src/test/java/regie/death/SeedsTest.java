package regie.death;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Goal: nothing runs twice, nothing is started elsewhere without proof, no fleet exceeds its cap, harmless trouble and a room that is away
 * cost nothing, a storm is held; and calm brings back all that should run. Method: the production protocol in virtual time, one seed each.
 */
class SeedsTest {
    private static final int SEEDS = 1_000;

    @Test
    void aThousandSeedsKeepEveryPromise() {
        var broken = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(SeedsTest::failure)
                .flatMap(List::stream)
                .toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void oneSeedTwiceGivesOneHash() throws Play.Failure {
        for (long seed = 1; seed <= 40; seed++)
            assertThat(Play.run(seed, true)).as("seed %d", seed).isEqualTo(Play.run(seed, true));
    }

    private static List<String> failure(long seed) {
        try {
            Play.run(seed, false);
            return List.of();
        } catch (Play.Failure failure) {
            return List.of(String.valueOf(failure.getMessage()));
        }
    }
}
