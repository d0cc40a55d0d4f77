package regie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void percentilesAreValuesThatWereMeasured() {
        var hundred = Samples.of(IntStream.rangeClosed(1, 100)
                .mapToObj(value -> (double) (101 - value))
                .toList());

        assertThat(hundred.median()).isEqualTo(50);
        assertThat(hundred.p99()).isEqualTo(99);
        assertThat(hundred.least()).isEqualTo(1);
        assertThat(hundred.most()).isEqualTo(100);
    }

    @Test
    void ofFewValuesThe99thPercentileIsTheLargest() {
        var twenty = Samples.of(
                DoubleStream.iterate(1, value -> value + 1).limit(20).boxed().toList());

        assertThat(twenty.p99()).isEqualTo(20);
        assertThat(Samples.of(List.of(3.0)).median()).isEqualTo(3);
    }

    @Test
    void lineHasEachFigureWithItsUnit() {
        var result =
                new Result.Builder().figure("p99_s", 0.98765).figure("n", 30).limitedBy("nothing");

        assertThat(result.line("fleet500")).isEqualTo("RESULT fleet500 p99_s=0.988 n=30");
    }
}
