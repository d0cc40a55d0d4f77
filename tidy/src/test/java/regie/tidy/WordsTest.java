package regie.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every row of {@code script/words.sh} leads to a program: a word is offered only where something answers. */
@Tag("check")
class WordsTest {
    private static final Pattern ROW =
            Pattern.compile("^program +(?<word>[\\w-]+) +(?<module>[\\w/-]+) +(?<main>[\\w.]+) ", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> everyWordHasItsProgram() throws IOException {
        var table = Files.readString(Tree.root().resolve("script/words.sh"));
        var rows = ROW.matcher(table).results().collect(Collectors.toList());
        assertThat(rows).hasSize((int)
                table.lines().filter(line -> line.startsWith("program ")).count());
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.group("word"), () -> assertProgram(row.group("module"), row.group("main"))));
    }

    private static void assertProgram(String module, String main) throws IOException {
        var folder = Tree.root().resolve(module);
        assertThat(folder.resolve("src/main/java/" + main.replace('.', '/') + ".java"))
                .exists();
        assertThat(folder.resolve("pom.xml")).content().contains("maven-dependency-plugin");
    }
}
