package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import regie.compute.RunOut.Day;
import regie.compute.RunOut.Outcome;

class RunOutTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    private static List<Day> days(int count, IntToLongFunction used) {
        var days = new ArrayList<Day>();
        for (int at = 0; at < count; at++) days.add(new Day(FIRST.plusDays(at), used.applyAsLong(at)));
        return days;
    }

    @Test
    void aStraightLineRunsOutOnItsDayWithoutAnyDoubt() {
        var outcome = RunOut.of(days(30, at -> 100 + 10L * at), 1_000);
        assertThat(outcome)
                .isEqualTo(new Outcome.Reaches(
                        30, 10, FIRST.plusDays(90), FIRST.plusDays(90), Optional.of(FIRST.plusDays(90))));
    }

    @Test
    void twoWeeksAreTheLeast() {
        assertThat(RunOut.of(days(13, at -> 10L * at), 1_000)).isEqualTo(new Outcome.TooLittle(13));
    }

    @Test
    void whatStandsOrShrinksRunsOutNever() {
        assertThat(RunOut.of(days(30, _ -> 500), 1_000)).isEqualTo(new Outcome.NotInSight(30));
        assertThat(RunOut.of(days(30, at -> 500L - at), 1_000)).isEqualTo(new Outcome.NotInSight(30));
        assertThat(RunOut.of(days(30, at -> 10_000L + at), 1_000_000_000)).isEqualTo(new Outcome.NotInSight(30));
    }

    @Test
    void aQuarterOfWrongDaysMovesNothing() {
        var outcome = (Outcome.Reaches) RunOut.of(days(40, at -> at % 4 == 0 ? 0 : 100 + 10L * at), 1_000);
        assertThat(outcome.likely()).isBetween(FIRST.plusDays(80), FIRST.plusDays(100));
    }

    @Test
    void whatIsFullIsFullToday() {
        var outcome = (Outcome.Reaches) RunOut.of(days(20, at -> 100L + at), 110);
        assertThat(outcome.likely()).isEqualTo(FIRST.plusDays(19));
    }

    /** Goal: of noisy growth, the day it truly would have run out lies between earliest and latest at least eight times of ten. */
    @Test
    void theTrueDayLiesInTheInterval() {
        int within = 0;
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            double slope = 2 + random.nextDouble() * 10;
            var outcome = RunOut.of(
                    days(60, at -> Math.round(500 + slope * at + random.nextGaussian() * 40)),
                    Math.round(500 + slope * 120));
            var truth = FIRST.plusDays(120);
            if (outcome instanceof Outcome.Reaches reaches
                    && !truth.isBefore(reaches.earliest())
                    && reaches.latest().filter(truth::isAfter).isEmpty()) within++;
        }
        assertThat(within).isGreaterThanOrEqualTo(160);
    }
}
