package regie.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The closing lines of {@code ./regie test}, from reports as Surefire writes them. */
class TestReportTest {
    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="regie.AllTest" tests="5" errors="1" skipped="1" failures="1">
              <testcase name="good" classname="regie.AllTest" time="0.1"/>
              <testcase name="loud" classname="regie.AllTest"><system-out><![CDATA[<failure/> said the test]]></system-out></testcase>
              <testcase name="bad" classname="regie.AllTest"><failure message="one" type="x"><![CDATA[one is <two>]]></failure></testcase>
              <testcase name="broken" classname="regie.AllTest"><error type="x">no such file</error></testcase>
              <testcase name="moon" classname="regie.AllTest"><skipped message="no moon &lt;today&gt;"/></testcase>
            </testsuite>
            """;

    @TempDir
    private Path root = Path.of("");

    private Path reports = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        reports = Files.createDirectories(root.resolve("rooms/estate/target/surefire-reports"));
    }

    @Test
    void countsAllAndGivesTheReasons() throws Exception {
        Files.writeString(reports.resolve("TEST-regie.AllTest.xml"), REPORT);
        assertThat(run()).isEqualTo("""
                skipped regie.AllTest: moon
                    no moon <today>
                FAILED regie.AllTest: bad
                    one is <two>
                FAILED regie.AllTest: broken
                    no such file
                2 passed, 2 failed, 1 skipped
                exit code 1
                """);
    }

    @Test
    void isContentWhereNothingFailed() throws Exception {
        Files.writeString(reports.resolve("TEST-a.xml"), "<testsuite><testcase name='a' classname='A'/></testsuite>");
        Files.writeString(reports.resolve("A-output.txt"), "no report");
        assertThat(run()).isEqualTo("1 passed, 0 failed, 0 skipped\nexit code 0\n");
    }

    @Test
    void bearsNamesThatNoXmlCanHold() throws Exception {
        Files.writeString(
                reports.resolve("TEST-a.xml"),
                "<testsuite><testcase name='odd \uFFFE \u0001' classname='A'/></testsuite>");
        assertThat(run()).isEqualTo("1 passed, 0 failed, 0 skipped\nexit code 0\n");
    }

    private String run() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program = Tree.root().resolve("script/TestReport.java").toString();
        var process = new ProcessBuilder(java, program, root.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit code " + process.waitFor() + "\n";
    }
}
