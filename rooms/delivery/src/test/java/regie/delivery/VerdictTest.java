package regie.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Duration LIMIT = Duration.ofDays(3);
    private static final Outcome FAILED = new Outcome.Failed("x");

    private static Verdict of(Outcome outcome, int attempts, Duration tried) {
        return Verdict.of(outcome, attempts, tried, LIMIT, 1);
    }

    private static Outcome declined(Duration after) {
        return new Outcome.Declined(429, "x", Optional.of(after));
    }

    @Test
    void pausesDoubleUpToAnHour() {
        long[] seconds = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600};
        for (int attempt = 1; attempt <= seconds.length; attempt++) {
            assertThat(of(FAILED, attempt, Duration.ZERO))
                    .isEqualTo(new Verdict.Again(Duration.ofSeconds(seconds[attempt - 1]), Duration.ZERO));
        }
        assertThat(Verdict.pause(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void chanceTakesAwayUpToHalf() {
        assertThat(Verdict.pause(3, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Verdict.pause(3, 0.5)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void isGivenUpAfterItsLimitAndNotBefore() {
        assertThat(of(FAILED, 9, LIMIT.minusMillis(1))).isInstanceOf(Verdict.Again.class);
        assertThat(of(FAILED, 9, LIMIT)).isEqualTo(new Verdict.GiveUp());
        assertThat(of(declined(Duration.ofSeconds(5)), 9, LIMIT)).isEqualTo(new Verdict.GiveUp());
        assertThat(of(new Outcome.Taken(204), 9, LIMIT)).isEqualTo(new Verdict.Done());
        assertThat(of(new Outcome.Gone(), 1, LIMIT)).isEqualTo(new Verdict.Stop());
    }

    @Test
    void patienceIsGrantedUpToADay() {
        assertThat(of(declined(Duration.ofMinutes(7)), 1, Duration.ZERO))
                .isEqualTo(new Verdict.Again(Duration.ofMinutes(7), Duration.ofMinutes(7)));
        assertThat(of(declined(Duration.ofDays(365)), 1, Duration.ZERO))
                .isEqualTo(new Verdict.Again(Duration.ofDays(1), Duration.ofDays(1)));
        assertThat(of(declined(Duration.ofSeconds(1)), 5, Duration.ZERO))
                .as("its own pause is longer")
                .isEqualTo(new Verdict.Again(Duration.ofSeconds(16), Duration.ofSeconds(1)));
    }
}
