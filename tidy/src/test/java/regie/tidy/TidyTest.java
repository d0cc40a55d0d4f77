package regie.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the whole tree against all rules. */
@Tag("check")
class TidyTest {
    private static final List<Allowed> ALLOWED = Allowed.read();
    private static Tree tree = new Tree(List.of());

    @BeforeAll
    static void readTree() throws IOException {
        tree = Tree.ofProject();
    }

    static Stream<String> names() throws IOException {
        return Rules.all(Tree.ofProject().paths()).stream().map(Rule::name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void holds(String name) {
        var rule = rule(name);
        var findings = tree.sources().stream()
                .filter(source -> ALLOWED.stream().noneMatch(allowed -> allowed.covers(rule, source)))
                .flatMap(source -> rule.findings(source).stream())
                .toList();
        assertThat(findings)
                .as("%s%nwhy: %s%ninstead: %s%nplaces:%n%s", name, rule.reason(), rule.instead(), lines(findings))
                .isEmpty();
    }

    @Test
    void everyExceptionIsStillNeeded() {
        var idle = ALLOWED.stream()
                .filter(allowed -> tree.sources().stream()
                        .filter(source -> source.path().equals(allowed.path()))
                        .allMatch(
                                source -> rule(allowed.rule()).findings(source).isEmpty()))
                .toList();
        assertThat(idle).as("exceptions in allowed.txt that nothing needs").isEmpty();
    }

    private static Rule rule(String name) {
        return Rules.all(tree.paths()).stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("allowed.txt names a rule that is not there: " + name));
    }

    private static String lines(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
