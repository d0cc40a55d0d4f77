package regie.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule finds its bad sample, and lets the good one beside it pass. */
class RulesTest {
    private static final String MAIN = "rooms/compute/src/main/java/regie/compute/Sample.java";
    private static final String TEST = "rooms/compute/src/test/java/regie/compute/SampleTest.java";
    private static final Set<String> PATHS = Set.of("docs/problems/fleet-stale.md");

    // ` stands for a double quote, and ~ splits a word that the rules would find in this very file.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            clock        | var now = Instant.now();                       | var now = clock.now();
            clock        | long t = System.nanoTime();                    | long t = clock.nanos(); // not System.nanoTime()
            clock        | long t = System.currentTimeMillis();           | /** Not System.currentTimeMillis(). */
            clock        | var clock = java.time.Clock.systemUTC();       | this.clock = clock;
            chance       | var id = UUID.randomUUID();                    | var id = chance.uuid();
            chance       | var r = new Random(7);                         | var r = new RandomAccessFile(file, `r`);
            chance       | double d = Math.ran~dom();                     | long l = chance.nextLong();
            chance       | var r = new SecureRandom();                    | Chance chance
            sleep        | Thread.sleep(100);                             | queue.poll(100, MILLISECONDS);
            sleep        | TimeUnit.SECONDS.sleep(1);                     | pause(1);
            shell        | new ProcessBuilder(`s~h`, `-c`, input)         | new ProcessBuilder(`virsh`, `-c`, uri)
            shell        | new ProcessBuilder(`/bin/ba~sh`, `-ec`, input) | new ProcessBuilder(`cat`, file)
            shell        | run(`bash ~-c ls`)                             | run(`bash`, script)
            shell        | Runtime.getRuntime().ex~ec(line)               | Runtime.getRuntime().availableProcessors()
            unfinished   | // TO~DO: later                                | // to do so later
            registry     | curl https://repo.ma~ven.apache.org/maven2     | https://maven.apache.org/docs
            registry     | deb http://de~b.debian.org/debian              | https://www.debian.org/
            machine-path | Path.of(`/wo~rk/main`)                         | Path.of(`/var/lib/regie/work/main`)
            machine-path | Path.of(`/usr/lib/jv~m/temurin-25`)            | Path.of(`/usr/lib/jvm`)
            machine-path | Path.of(`/ho~me/jane/regie`)                   | `%s/home/x`
            """)
    void wordsInMainCode(String rule, String bad, String good) {
        assertThat(findings(rule, MAIN, sample(bad)))
                .as("bad sample of %s", rule)
                .hasSize(1);
        assertThat(findings(rule, MAIN, sample(good)))
                .as("good sample of %s", rule)
                .isEmpty();
    }

    @Test
    void clockAndSleepAreFreeInTestsButChanceNeedsSeed() {
        assertThat(findings("clock", TEST, "System.nanoTime()")).isEmpty();
        assertThat(findings("sleep", TEST, "Thread.sleep(1)")).isEmpty();
        assertThat(findings("unseeded", TEST, sample("new Ran~dom()"))).hasSize(1);
        assertThat(findings("unseeded", TEST, "new Random(seed)")).isEmpty();
    }

    @Test
    void mockingLibraryInPom() {
        assertThat(findings("mock", "kernel/pom.xml", "<artifactId>mockito-core</artifactId>"))
                .hasSize(1);
        assertThat(findings("mock", "docs/decisions/003.md", "why no mockito")).isEmpty();
    }

    @Test
    void fileOfMoreThan400Lines() {
        assertThat(findings("long-file", MAIN, "x\n".repeat(401))).hasSize(1);
        assertThat(findings("long-file", MAIN, "x\n".repeat(400))).isEmpty();
        assertThat(findings("long-file", "contracts/openapi.yaml", "x\n".repeat(4000)))
                .isEmpty();
    }

    @Test
    void tableOfAnotherRoom() {
        assertThat(findings("foreign-table", MAIN, "tx.rows(\"\"\"\n  select name\n    from estate.server\n \"\"\");"))
                .containsExactly(new Finding(MAIN, 3, "from estate.server"));
        assertThat(findings("foreign-table", MAIN, "\"select 1 from compute.host\""))
                .isEmpty();
        assertThat(findings("foreign-table", MAIN, "import estate.Server; // from estate.server"))
                .isEmpty();
        var migration = "rooms/billing/src/main/resources/regie/billing/migrations/V1__billing.sql";
        assertThat(findings("foreign-table", migration, "host uuid REFERENCES compute.host"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            regie.compute   | regie.network       | 0
            regie.compute   | regie.oncall        | 1
            regie.estate    | regie.compute       | 1
            regie.kernel    | regie.agent.contract| 1
            regie.engine.x  | regie.agent.contract| 0
            regie.engine.x  | regie.engine.y      | 1
            regie.server    | regie.api.rest      | 0
            regie.cli       | regie.kernel        | 1
            regie.compute   | regie.unheardof     | 1
            regie.unheardof | regie.kernel        | 1
            """)
    void importOfAnotherFloor(String module, String required, int findings) {
        var text =
                "/** Not: requires regie.bench; */\nmodule %s {\n    requires transitive %s;\n    requires java.sql;\n}\n"
                        .formatted(module, required);
        assertThat(findings("upward-import", "x/src/main/java/module-info.java", text))
                .hasSize(findings);
    }

    @Test
    void pageThatIsNotThere() {
        assertThat(findings("problem-page", "README.md", "see docs/problems/no-such.md"))
                .hasSize(1);
        assertThat(findings("problem-page", "README.md", "see docs/problems/fleet-stale.md"))
                .isEmpty();
        assertThat(findings("problem-page", MAIN, "public String code() {\n    return \"no-such\";\n}"))
                .hasSize(1);
        assertThat(findings("problem-page", MAIN, "public String code() { return \"fleet-stale\"; }"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [a](gone.md)           | [a](../problems/fleet-stale.md)
            [a](/docs/problems/)   | [a](../problems/) and [b](../)
            [a](../../../x.md)     | [a](https://example.org/gone.md)
            [a](gone.md#part)      | [a](../problems/fleet-stale.md#part)
            [a](#no-such-heading)  | [a](#a-heading-of-this-page)
            text [a](b.md) `code`  | `[a](gone.md)`
            """)
    void linkThatLeadsNowhere(String bad, String good) {
        var page = "# A heading, of this page\n\n```\n[no link](gone.md)\n```\n";
        assertThat(findings("broken-link", "docs/start/page.md", page + bad))
                .hasSize(1)
                .allMatch(at -> at.line() == 6);
        assertThat(findings("broken-link", "docs/start/page.md", page + good)).isEmpty();
    }

    private static List<Finding> findings(String rule, String path, String text) {
        return Rules.all(PATHS).stream()
                .filter(one -> one.name().equals(rule))
                .findFirst()
                .orElseThrow()
                .findings(new Source(path, text));
    }

    private static String sample(String text) {
        return text.replace("~", "").replace('`', '"');
    }
}
