package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import regie.kernel.Hold;

class TargetTrackingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static MetricSpec metric(String more) {
        return Specs.read(
                        FleetSpec.class,
                        "Fleet",
                        "{count: 1, minimum: 1, maximum: 100, size: {metric: {name: rps, target: 100%s}}, template: {flavor: small, image: micro}}"
                                .formatted(more))
                .size()
                .orElseThrow()
                .metric()
                .orElseThrow();
    }

    private static MetricSample ago(int seconds, double value, int wanted, int running) {
        return new MetricSample(NOW.minusSeconds(seconds), value, wanted, running);
    }

    /** A sample each 30 s, from the newest on backwards. */
    private static List<MetricSample> each30Seconds(int wanted, double... values) {
        var samples = new ArrayList<MetricSample>();
        for (int at = 0; at < values.length; at++) samples.add(ago(at * 30, values[at], wanted, wanted));
        return samples;
    }

    private static double[] steady(double value) {
        var values = new double[12];
        java.util.Arrays.fill(values, value);
        return values;
    }

    private static int size(MetricSpec metric, int current, List<MetricSample> samples) {
        return new TargetTracking(metric, NOW).size(current, samples, 1, 100).wanted();
    }

    /** Target 100 each, 10 wanted. */
    @ParameterizedTest
    @CsvSource({
        "100, 10, 10", // as it should be
        "110, 10, 10", // within the tolerance
        "111, 10, 12", // ceil(11.1)
        "150, 10, 15",
        " 91, 10, 10",
        " 50, 10,  5",
        "900, 10, 20", // no more than twice as many at once
        "180,  5, 10", // five have yet to start: with them it is 90 each
        "300,  5, 15",
        " 50,  5,  8", // the five that do not run are not taken for idle: (250 + 500) / 100
        "  0,  0, 10", // nothing runs: nothing is known
    })
    void oneSampleAsksFor(double value, int running, int expected) {
        assertThat(new TargetTracking(metric(""), NOW).asked(ago(0, value, 10, running)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1000, 10, 10", "1150, 10, 12", "400, 10, 4", "0, 10, 0", "250, 0, 3", "9000, 0, 4", "90, 1, 1"})
    void queueAsksForAsManyAsItIsLong(double length, int wanted, int expected) {
        assertThat(new TargetTracking(metric(", measured: total"), NOW).asked(ago(0, length, wanted, 0)))
                .isEqualTo(expected);
    }

    @Test
    void growsByTheNewestSampleAtOnce() {
        assertThat(size(metric(""), 10, each30Seconds(10, 150, 10, 10, 10))).isEqualTo(15);
    }

    @Test
    void shrinksToTheMostOfTheWindow() {
        var values = steady(40);
        assertThat(size(metric(""), 10, each30Seconds(10, values))).isEqualTo(4);
        values[9] = 70;
        assertThat(size(metric(""), 10, each30Seconds(10, values))).isEqualTo(7);
        values[9] = 100;
        assertThat(size(metric(""), 10, each30Seconds(10, values))).isEqualTo(10);
        assertThat(size(metric(", stabilizationSeconds: 0"), 10, each30Seconds(10, values)))
                .isEqualTo(4);
    }

    @Test
    void oneThatHasJustBegunToBeWatchedDoesNotShrinkYet() {
        assertThat(size(metric(""), 10, each30Seconds(10, 40, 40, 40))).isEqualTo(10);
    }

    @Test
    void staysAndSaysSoWhereNothingIsPosted() {
        var tracking = new TargetTracking(metric(""), NOW);
        var never = tracking.size(10, List.of(), 1, 100);
        assertThat(never.wanted()).isEqualTo(10);
        assertThat(never.hold().map(Hold::code)).isEqualTo(Optional.of("metric-missing"));
        for (double value : new double[] {0, 900}) {
            var late = tracking.size(10, List.of(ago(121, value, 10, 10)), 1, 100);
            assertThat(late.wanted()).isEqualTo(10);
            assertThat(late.hold().map(Hold::code)).isEqualTo(Optional.of("metric-stale"));
        }
    }

    /**
     * Goal: never beyond minimum and maximum; never smaller after a time without samples; never smaller than every single sample of the
     * window would have it. Method: random samples and gaps; the oracle reckons with fractions of its own.
     */
    @Test
    void promisesHoldWhateverIsPosted() {
        int shrunk = 0;
        int grown = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            boolean total = random.nextBoolean();
            int stale = 10 + random.nextInt(200);
            int window = random.nextInt(600);
            var metric = metric(", measured: %s, staleSeconds: %d, stabilizationSeconds: %d"
                    .formatted(total ? "total" : "average", stale, window));
            var samples = new ArrayList<MetricSample>();
            double level = random.nextDouble() * (total ? 2_000 : 200);
            for (int ago = random.nextInt(2 * stale); ago < 900; ago += 1 + random.nextInt(stale)) {
                int wanted = 1 + random.nextInt(20);
                if (random.nextInt(30) == 0) ago += stale;
                samples.add(ago(ago, level * (0.8 + random.nextDouble() * 0.4), wanted, random.nextInt(wanted + 3)));
            }
            int least = 1 + random.nextInt(5);
            int most = least + random.nextInt(20);
            int current = least + random.nextInt(most - least + 1);
            java.util.Collections.shuffle(samples, random);
            int wanted = new TargetTracking(metric, NOW)
                    .size(current, samples, least, most)
                    .wanted();

            assertThat(wanted).as("seed %d", seed).isBetween(least, most);
            if (wanted < current) {
                shrunk++;
                assertThat(longestSilence(samples, window)).as("seed %d", seed).isLessThanOrEqualTo(stale);
                for (var sample : samples) {
                    if (sample.at().isBefore(NOW.minusSeconds(window))
                            || sample.at().equals(NOW.minusSeconds(window))) continue;
                    double load = total ? sample.value() : sample.value() * sample.running();
                    boolean heard = load > wanted * 100 + 1e-6 && load > sample.wanted() * 110;
                    boolean bounded = wanted == most || wanted >= Math.max(4, 2 * sample.wanted());
                    assertThat(heard && !bounded)
                            .as("seed %d, %s asks for more than %d", seed, sample, wanted)
                            .isFalse();
                }
            }
            if (wanted > current) grown++;
        }
        assertThat(shrunk).isGreaterThan(200);
        assertThat(grown).isGreaterThan(200);
    }

    /** In seconds, of the window and up to now. */
    private static long longestSilence(List<MetricSample> samples, int window) {
        long longest = 0;
        long before = 0;
        for (var ago : samples.stream()
                .map(sample -> NOW.getEpochSecond() - sample.at().getEpochSecond())
                .filter(ago -> ago < window)
                .sorted()
                .toList()) {
            longest = Math.max(longest, ago - before);
            before = ago;
        }
        return window == 0 ? 0 : Math.max(longest, window - before);
    }
}
