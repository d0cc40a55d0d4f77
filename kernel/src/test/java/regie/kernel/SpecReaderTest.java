package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecReaderTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    record Span(
            @About(value = "start", otherwise = "0") int first,
            @About(value = "end", otherwise = "9") int last) {
        Span {
            BadField.unless(first <= last, "last", last, "at least " + first);
        }
    }

    record Sample(
            @About("its name") String name,

            @About(value = "its colour", otherwise = "\"dark-blue\"")
            Colour colour,

            @About(value = "its spans", otherwise = "[{}]") List<Span> spans,
            @About("a large number") Optional<Long> large) {}

    @Test
    void defaultsAreFilledInAlsoInsideDefaults() {
        var sample = read("{name: x}").spec().orElseThrow();

        assertThat(sample).isEqualTo(new Sample("x", Colour.DARK_BLUE, List.of(new Span(0, 9)), Optional.empty()));
    }

    record Kept(
            String name,

            @About(value = "its colour", otherwise = "\"red\"")
            Colour colour) {
        Kept {
            java.util.Objects.requireNonNull(colour);
        }
    }

    @Test
    void aSpecStoredBeforeAFieldCameTakesItsDefault() {
        assertThat(SpecReader.SHARED.stored(Kept.class, "{\"name\": \"x\"}")).isEqualTo(new Kept("x", Colour.RED));
    }

    record Marked(@About("its marks") java.util.Map<String, String> marks) {}

    @Test
    void aMapTakesAnyNamesAndChecksItsValues() {
        assertThat(read(Marked.class, "{marks: {a: x, b: y}}").spec())
                .contains(new Marked(java.util.Map.of("a", "x", "b", "y")));
        assertThat(read(Marked.class, "{marks: {a: [1]}}").problems())
                .extracting(SpecReader.Problem::message)
                .containsExactly("marks.a is [1]; expected text");
    }

    @Test
    void whatARecordInsideRefusesIsNamedFromOutside() {
        assertThat(read("{name: x, spans: [{}, {first: 10}]}").problems())
                .containsExactly(new SpecReader.Problem("spans.1.last", "spans.1.last is 9; expected at least 10"));
    }

    @Test
    void aNumberThatNoFieldCanHoldIsRefusedByItsName() {
        assertThat(read("{name: x, large: 99999999999999999999}").problems())
                .extracting(SpecReader.Problem::message)
                .containsExactly("large is 99999999999999999999; expected a whole number, of fewer digits");
    }

    @Test
    void allThatIsWrongComesAtOnce() {
        assertThat(read("{nam: x, colour: dark_blue, spans: 5}").problems())
                .extracting(SpecReader.Problem::message)
                .containsExactlyInAnyOrder(
                        "name is missing; expected text: its name",
                        "nam is not known here; did you mean name?",
                        "colour is \"dark_blue\"; expected red or dark-blue; did you mean dark-blue?",
                        "spans is 5; expected a list");
    }

    private static SpecReader.Result<Sample> read(String yaml) {
        return read(Sample.class, yaml);
    }

    private static <S> SpecReader.Result<S> read(Class<S> type, String yaml) {
        return SpecReader.SHARED.read(type, Yaml.single("a.yaml", yaml).tree());
    }
}
