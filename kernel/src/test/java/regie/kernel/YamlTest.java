package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTest {
    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @Test
    void everyValueKnowsItsPlace() {
        var document = Yaml.single("a.yaml", "spec:\r\n  disks:\r\n    - {name: \"é\", sizeGiB: 7}\r\n");

        assertThat(document.place("spec.disks.0.sizeGiB")).hasToString("a.yaml:3:19");
        assertThat(document.place("spec.disks.0.media")).hasToString("a.yaml:3:7");
        assertThat(document.place("labels.team")).hasToString("a.yaml:1:1");
    }

    @Test
    void wordsThatOlderYamlTookForBooleansAreText() {
        var tree = Yaml.single("a.yaml", "{country: NO, power: on, answer: yes, right: true, octal: 012}")
                .tree();

        assertThat(tree).hasToString("""
                {"country":"NO","power":"on","answer":"yes","right":true,"octal":12}""");
    }

    @Test
    void documentsBehindABadOneAreRead() {
        var content = Yaml.read("a.yaml", "{a: \"\\0\"}\n---\n{b: 1, b: 2}\n---\nc: 3\n");

        assertThat(content.documents()).hasSize(1);
        assertThat(content.problems())
                .extracting(ManifestRefusal.Problem::message)
                .containsExactly(
                        "a holds the character U+0000; expected text that can be read",
                        "b stands here twice; first at a.yaml:3:2");
    }

    /** Goal: no text whatever makes the reader fail in another way than with a problem. Method: broken pieces of YAML in any order. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextIsReadOrRefused(long seed) {
        var random = new Random(seed);
        var pieces = new String[] {
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "\n",
            "  ",
            "\t",
            "\"",
            "'",
            "&a ",
            "*a",
            "---\n",
            "...\n",
            "? ",
            "| \n",
            "> \n",
            "!!map ",
            "!x ",
            "%YAML 1.2\n",
            "# x\n",
            "kind",
            "\u0000",
            "\ud83d",
            "é",
            "0x",
            "1e9",
            ".inf",
            "~",
            ",",
            "\\u0000",
            "<<: "
        };
        var text = new StringBuilder();
        for (int at = random.nextInt(200); at > 0; at--) text.append(pieces[random.nextInt(pieces.length)]);

        var content = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Yaml.read("a.yaml", text.toString()));

        for (var problem : content.problems()) assertThat(problem.message()).isNotBlank();
    }
}
