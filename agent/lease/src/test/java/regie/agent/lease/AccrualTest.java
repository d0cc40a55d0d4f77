package regie.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static regie.agent.lease.LeaseTest.at;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccrualTest {
    @Test
    void aSteadyHostIsMissedAfterTwoThirdsOfASecond() {
        long silent = missedAfter(steady(200), 200);
        assertThat(silent).isBetween(500L, 680L);
    }

    /** Goal: a busy machine isn't a dead one. Each beat is late by up to 300 ms, as on a machine with a full run queue. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aBusyHostIsNotMissed(long seed) {
        var dice = new Random(seed);
        var accrual = new Accrual(LeaseProfile.BEAT, 0);
        long now = 0;
        for (int beat = 1; beat < 20_000; beat++) {
            long came = beat * 200L + dice.nextInt(300);
            if (came <= now) continue;
            assertThat(accrual.suspects(at(came))).as("beat %d", beat).isFalse();
            accrual.heard(at(came));
            now = came;
        }
    }

    @Test
    void oneLongPauseDoesNotMakeItDeaf() {
        var accrual = steady(200);
        accrual.heard(at(200 * 200 + 30_000));
        long silent = 0;
        while (!accrual.suspects(at(70_000 + silent))) silent += 10;
        assertThat(silent).isLessThan(1100);
    }

    @Test
    void aHostThatStopsBeforeItsSecondBeatIsMissedToo() {
        assertThat(missedAfter(new Accrual(LeaseProfile.BEAT, at(40_000)), 200)).isLessThan(700);
    }

    @Test
    void whateverItHasLearntItMissesASilenceOfThreeSeconds() {
        for (long seed = 1; seed < 200; seed++) {
            var dice = new Random(seed);
            var accrual = new Accrual(LeaseProfile.BEAT, 0);
            long now = 0;
            for (int beat = 0; beat < 300; beat++) accrual.heard(at(now += 1 + dice.nextInt(dice.nextInt(4000) + 1)));
            assertThat(accrual.suspects(at(now + 4200))).as("seed %d", seed).isTrue();
        }
    }

    /** The tail by adding up the density in small steps: an oracle that knows no series. */
    @Test
    void theTailIsThatOfTheNormalDistribution() {
        for (double z = -3; z <= 9; z += 0.25) {
            double sum = 0;
            double step = 1e-4;
            for (double x = z + step / 2; x < z + 12; x += step) sum += Math.exp(-x * x / 2) * step;
            assertThat(Accrual.log10OfTail(z))
                    .as("z = %s", z)
                    .isCloseTo(Math.log10(sum / Math.sqrt(2 * Math.PI)), within(0.002));
        }
    }

    private static Accrual steady(int beats) {
        var accrual = new Accrual(LeaseProfile.BEAT, 0);
        for (int beat = 1; beat <= beats; beat++) accrual.heard(at(beat * 200L));
        return accrual;
    }

    private static long missedAfter(Accrual accrual, int beats) {
        long start = accrual.silentNanos(at(40_000)) == 0 ? 40_000 : beats * 200L;
        long silent = 0;
        while (!accrual.suspects(at(start + silent))) silent++;
        return silent;
    }
}
