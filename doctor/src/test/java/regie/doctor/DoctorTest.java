package regie.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The whole, on the machine of the test. */
class DoctorTest {
    /** What it printed, and its exit code. */
    private record Visit(int code, String text) {
        static Visit of(String... words) throws InterruptedException {
            var bytes = new ByteArrayOutputStream();
            var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            int code = Main.run(List.of(words), Map.of("TERM", "dumb"), out);
            return new Visit(code, bytes.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void everythingIsSaidWithItsRemedy() throws InterruptedException {
        var visit = Visit.of("-o", "json");
        var rows = JsonMapper.shared().readTree(visit.text()).get("rows");
        assertThat(rows.valueStream().map(row -> row.get("what").asString()))
                .contains("operating system", "JDK", "Maven", "virtualisation", "nested", "IOMMU", "huge pages", "NUMA")
                .contains("memory", "SR-IOV", "VLAN", "VXLAN", "bridge", "namespaces", "nftables", "libvirt", "QEMU")
                .contains("qemu-img", "PostgreSQL", "PostgreSQL's user", "port 7070", "port 7071", "data folder")
                .contains("image store", "open files", "clock", "cgroups", "entropy", "packages: hypervisor")
                .doesNotHaveDuplicates();
        assertThat(rows.valueStream())
                .allMatch(row -> row.get("state").asString().equals("ok")
                        == row.get("remedy").asString().isEmpty());
    }

    @Test
    void exitCodeSaysWhetherRoomCanRun() throws InterruptedException {
        var visit = Visit.of("-o", "json", "--data", "/proc/no-such-place");
        boolean ready = JsonMapper.shared().readTree(visit.text()).get("ready").asBoolean();
        assertThat(visit.code()).isEqualTo(ready ? 0 : 1);
        assertThat(visit.code()).as("nothing can be kept in /proc").isEqualTo(1);
    }

    @Test
    void tableHasNoColoursButOnTerminal() throws InterruptedException {
        assertThat(Visit.of().text()).startsWith("FOR   WHAT").doesNotContain("\033");
        var rows = List.of(Row.missing(Row.Use.ROOM, "JDK", "21\033[2J", "get one"));
        assertThat(Page.table(rows, true))
                .contains("\033[31mmissing\033[0m")
                .contains("→ get one")
                .contains("21 [2J");
    }

    @Test
    void wrongWordsAreRefused() throws InterruptedException {
        assertThat(Visit.of("--depe").code()).isEqualTo(64);
        assertThat(Visit.of("-o", "xml").code()).isEqualTo(64);
        assertThat(Visit.of("--data").code()).isEqualTo(64);
        assertThat(Visit.of("--help")).isEqualTo(new Visit(0, Arguments.USAGE));
    }

    @Test
    void textOfProgramsIsQuoted() {
        assertThat(JsonMapper.shared().readTree(Page.quoted("a\"b\\c\n\033")).asString())
                .isEqualTo("a\"b\\c\n\033");
    }

    /** The launcher of PostgreSQL names its user where nobody outside can read it. */
    @Test
    void userOfPostgresIsTheLaunchers() throws IOException {
        var launcher = Path.of("../engines/postgres/src/main/java/regie/engine/postgres/ServiceUser.java");
        assertThat(Files.readString(launcher)).contains("String NAME = \"%s\"".formatted(Postgres.USER));
    }
}
