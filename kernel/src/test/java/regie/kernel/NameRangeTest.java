package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NameRangeTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void zerosInFrontAreKept() {
        assertThat(names("par1-h[08-11]")).containsExactly("par1-h08", "par1-h09", "par1-h10", "par1-h11");
        assertThat(names("h[8-11]")).containsExactly("h8", "h9", "h10", "h11");
    }

    @Test
    void twoRangesAreMultipliedAndTheLastRunsFastest() {
        assertThat(names("r[1-2]-h[1-2]")).containsExactly("r1-h1", "r1-h2", "r2-h1", "r2-h2");
    }

    @Test
    void whatIsNoRangeIsAName() {
        assertThat(names("par1-h[a-f]")).containsExactly("par1-h[a-f]");
        assertThat(names("h[1-")).containsExactly("h[1-");
        assertThat(names("")).containsExactly("");
    }

    @Test
    void numbersAreFilledInAsTheyStandInTheName() {
        var name = NameRange.expand("r[1-1]-h[07-07]").getFirst();

        assertThat(name.fill("rack $1, host $2, $3 and $ stay, $10 is $1 and a nought"))
                .isEqualTo("rack 1, host 07, $3 and $ stay, 10 is 1 and a nought");
    }

    @Test
    void aRangeOf20000NamesIsTheLargest() {
        assertThat(NameRange.expand("h[1-20000]")).hasSize(20_000);
        assertThatThrownBy(() -> NameRange.expand("h[0-20000]"))
                .hasMessage("name is h[0-20000]; expected at most 20000 names, not 20001");
    }

    /** The oracle counts and pads by itself. */
    @ParameterizedTest
    @MethodSource("seeds")
    void allNamesAreThereOnceAndInOrder(long seed) {
        var random = new Random(seed);
        int width = 1 + random.nextInt(5);
        int first = random.nextInt((int) Math.pow(10, width));
        int last = first + random.nextInt(200);
        var pattern = "a[%s-%d]z".formatted(padded(first, width), last);

        var names = names(pattern);

        assertThat(names).hasSize(last - first + 1);
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        for (int at = 0; at < names.size(); at++) {
            assertThat(names.get(at)).isEqualTo("a" + padded(first + at, width) + "z");
        }
    }

    private static String padded(int number, int width) {
        var digits = Integer.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static List<String> names(String pattern) {
        return NameRange.expand(pattern).stream().map(NameRange.Name::name).toList();
    }
}
