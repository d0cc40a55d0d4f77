package regie.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The newcomer's path, end to end, as a newcomer goes it: by the script, with real guests. */
class DemoTest {
    private static final long MINUTES_MAX = 10;

    @TempDir
    Path folder;

    @BeforeAll
    static void machineCanHoldTheDemo() throws IOException {
        var obstacle = SandboxHost.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle::toString);
        assumeTrue(
                Files.isDirectory(MicroImage.repository().resolve("target/app")),
                "the programs were not built; ./regie test builds them first");
        assumeTrue(Demo.runningElsewhere().isEmpty(), "a demo runs on this machine");
    }

    @Test
    void threeMachinesAnswerAndAKilledOneIsReplaced() throws Exception {
        var demo = start();
        assertThat(demo.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
                .as("it came to an end")
                .isTrue();
        var said = Files.readString(log());
        assertThat(demo.exitValue()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.matches("\\s+web-\\d+ +(par1|fra1) .*\\d\\.\\d")))
                .as("three machines, and three again: %s", said)
                .hasSize(6);
        assertThat(said).containsPattern("web-\\d+ was killed; web-4 answered \\d+\\.\\d s later");
        assertNothingIsLeft();
    }

    /** Whichever step it has come to, a signal takes everything down in order, and a kill takes at least everything that runs. */
    @ParameterizedTest
    @CsvSource({"INT, 4", "TERM, 9", "KILL, 12"})
    void interruptedDemoLeavesNothing(String signal, int seconds) throws Exception {
        var demo = start();
        // Before that it is a shell, which a signal of its own, unlike Ctrl-C, does not end while it waits for a
        // command.
        Stopwatch.await(
                120,
                () -> Processes.commandLine(demo.toHandle()).contains("java\0"),
                () -> "the demo's program does not start");
        demo.waitFor(seconds, TimeUnit.SECONDS);
        Command.run(10, List.of("kill", "-" + signal, Long.toString(demo.pid())));
        assertThat(demo.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
        if (signal.equals("KILL")) assertNothingRuns();
        else assertNothingIsLeft();
    }

    private Process start() throws IOException {
        var script = MicroImage.repository().resolve("regie").toString();
        // Of its own session, so that a signal meets the demo as Ctrl-C would and not this JVM.
        return new ProcessBuilder("setsid", script, "demo", "--once")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private Path log() {
        return folder.resolve("demo.log");
    }

    private static void assertNothingIsLeft() throws Exception {
        assertNothingRuns();
        try (var runs = Files.newDirectoryStream(Path.of("/var/lib/regie-demo"), "run-*")) {
            assertThat(runs).isEmpty();
        }
    }

    private static void assertNothingRuns() throws Exception {
        Stopwatch.await(180, () -> Demo.runningElsewhere().isEmpty() && ofDemo().isEmpty(), () -> "left: " + ofDemo());
    }

    /** Command lines that name the demo's folder: its room, PostgreSQL, agents, and QEMU. */
    private static List<String> ofDemo() {
        return ProcessHandle.allProcesses()
                .map(Processes::commandLine)
                .filter(line -> line.contains("/var/lib/regie-demo/run-"))
                .map(line -> line.replace('\0', ' '))
                .toList();
    }
}
