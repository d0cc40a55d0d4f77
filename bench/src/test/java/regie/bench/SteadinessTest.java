package regie.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    private static final int SLICES = 30;

    /** At the end; it was 200 before. */
    private double keptMiB = 200;

    private Steadiness of(IntToDoubleFunction millis, IntToDoubleFunction rssMiB) {
        return Steadiness.of(
                IntStream.range(0, SLICES)
                        .mapToObj(at -> new Steadiness.Slice(
                                Samples.of(List.of(millis.applyAsDouble(at), millis.applyAsDouble(at))),
                                rssMiB.applyAsDouble(at)))
                        .toList(),
                new Steadiness.Kept(200, keptMiB));
    }

    @Test
    void whatBreathesIsSteady() {
        var steady = of(at -> 5 + at % 3, at -> 300 + 10 * (at % 4));
        assertThatCode(steady::mustHold).doesNotThrowAnyException();
        assertThat(steady.operations()).isEqualTo(60);
    }

    @Test
    void heapThatGrowsByItsGarbageIsSteady() {
        var steady = of(_ -> 5, at -> 200 + 5 * at);
        assertThat(steady.slope()).isCloseTo(5, within(0.001));
        assertThatCode(steady::mustHold).doesNotThrowAnyException();
    }

    @Test
    void memoryThatLeaksIsFound() {
        keptMiB = 230;
        var leaking = of(_ -> 5, _ -> 300);
        assertThatThrownBy(leaking::mustHold).hasMessageContaining("memory grew");
    }

    @Test
    void latencyThatGrowsIsFound() {
        assertThatThrownBy(of(at -> 5 + at, _ -> 300)::mustHold).hasMessageContaining("latency grew");
    }
}
