package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words without a room: help, usage, completion. */
class WordsTest {
    @TempDir
    private Path folder = Path.of("");

    private record Ended(int code, String out, String err) {}

    private Ended run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                Ink.NONE);
        int code = Main.run(words, terminal, Map.of("HOME", folder.toString(), "REGIE_ROOM", "http://127.0.0.1:1"));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyWordHasHelpWithItsExitCodesOnStandardOutput() {
        var words = new Words(terminalOfNobody(), Map.of(), java.time.InstantSource.system())
                .all()
                .getSubcommands()
                .keySet();
        assertThat(words)
                .contains("apply", "whatif", "spof", "capacity", "plan", "get", "explain", "instance", "completion");
        for (var word : words) {
            var help = run(word, "--help");
            assertThat(help.code()).as(word).isZero();
            assertThat(help.out()).contains("Usage: regie " + word).contains("Exit codes:");
            assertThat(help.err()).isEmpty();
        }
    }

    @Test
    void wrongUsageIsSaidInTwoLinesAndEndsWith2() {
        assertThat(run("gte", "fleets"))
                .isEqualTo(new Ended(2, "", "regie: regie has no word \"gte\".\n       Help: regie --help\n"));
        assertThat(run("get"))
                .isEqualTo(
                        new Ended(2, "", "regie: Missing required parameter: 'KIND'\n       Help: regie get --help\n"));
        assertThat(run("instance", "fly", "web-1").code()).isEqualTo(2);
    }

    @Test
    void aRoomWithoutATokenIsNotAskedAtAll() {
        var ended = run("get", "fleets");
        assertThat(ended.code()).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(ended.err()).contains("regie login").contains("token-missing");
    }

    @Test
    void aRoomThatDoesNotAnswerEndsWith6() throws IOException {
        var token = folder.resolve("token");
        SecretFile.write(token, "secret-token");
        var ended = run("get", "fleets", "--token-file", token.toString());
        assertThat(ended.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ended.err()).contains("./regie up").doesNotContain("secret-token");
    }

    @Test
    void bashTakesTheCompletionAndCompletesWords() throws Exception {
        var script = Files.writeString(
                folder.resolve("regie.bash"), run("completion", "bash").out());
        var process = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "--noprofile",
                        Files.writeString(folder.resolve("ask.bash"), """
                        set -e
                        source "%s"
                        COMP_WORDS=(regie app); COMP_CWORD=1; COMP_LINE="regie app"; COMP_POINT=9
                        _complete_regie
                        printf '%%s\\n' "${COMPREPLY[@]}"
                        """.formatted(script))
                                .toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("apply");
    }

    @Test
    void fishGetsEveryWordAndOption() {
        assertThat(run("completion", "fish").out())
                .contains("complete -c regie -f -n '__fish_use_subcommand' -a get -d 'Lists what there is of a kind.'")
                .contains(
                        "-n '__fish_seen_subcommand_from instance; and __fish_seen_subcommand_from stop' -s w -l wait")
                .contains("-l token-file -r");
    }

    @Test
    void theRehearsalOfTheBuildEndsWell() {
        assertThat(run(Rehearsal.WORD).code()).isZero();
    }

    private static Terminal terminalOfNobody() {
        var nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Terminal(nowhere, nowhere, false, false, false, Ink.NONE);
    }
}
