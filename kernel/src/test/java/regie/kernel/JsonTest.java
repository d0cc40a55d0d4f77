package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    enum State {
        IN_USE
    }

    record Thing(State state, Optional<Integer> size, long count, Optional<Instant> at) {}

    @Test
    void enumsAreLowerCaseWithDashesAndEmptyOptionalsAreLeftOut() {
        var thing = new Thing(
                State.IN_USE, Optional.empty(), 1L << 60, Optional.of(Instant.parse("2026-01-01T00:00:00.000001Z")));
        var text = Json.write(thing);
        assertThat(text)
                .isEqualTo(
                        "{\"state\":\"in-use\",\"count\":1152921504606846976,\"at\":\"2026-01-01T00:00:00.000001Z\"}");
        assertThat(Json.read(text, Thing.class)).isEqualTo(thing);
        assertThat(Json.name(State.IN_USE)).isEqualTo("in-use");
    }

    @Test
    void lengthsOfTimeAreText() {
        assertThat(Json.write(Duration.ofSeconds(90))).isEqualTo("\"PT1M30S\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":\"in-use\",\"count\":1,\"colour\":1}",
                "{\"state\":\"IN_USE\",\"count\":1}",
                "{\"state\":\"in-use\",\"count\":null}",
                "{\"state\":\"in-use\",\"count\":1} {}",
                "{\"state\":\"in-use\",\"count\":99999999999999999999}",
                "{\"state\":",
            })
    void whatIsNotOursIsABrokenPromise(String text) {
        assertThatThrownBy(() -> Json.read(text, Thing.class)).isInstanceOf(Check.Broken.class);
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> Json.tree("{\"a\":".repeat(60) + "1" + "}".repeat(60)))
                .hasMessageContaining("depth");
    }
}
