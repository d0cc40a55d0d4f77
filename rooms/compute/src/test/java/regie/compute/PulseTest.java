package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseTest {
    /** Seconds; an age that is left out: never heard. */
    @ParameterizedTest
    @CsvSource({
        "  0, 999, HEARD",
        " 30, 999, HEARD",
        " 31, 999, SILENT",
        "   , 999, SILENT",
        " 31,  31, SILENT",
        // The room was away and has listened too short to tell: it holds nothing against those that it could not hear.
        " 31,  30, UNKNOWN",
        "999,   0, UNKNOWN",
        "   ,  30, UNKNOWN",
        " 10,   0, HEARD",
    })
    void nobodyIsSilentWhoCouldNotBeHeard(Integer age, int listened, Pulse expected) {
        var pulse = Pulse.of(
                Optional.ofNullable(age).map(Duration::ofSeconds),
                Duration.ofSeconds(listened),
                Duration.ofSeconds(30));
        assertThat(pulse).isEqualTo(expected);
    }
}
