package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's own files: the newest generation, the consoles' logs, the guests' folders. */
class HostFilesTest {
    @TempDir
    Path folder;

    @Test
    void newestGenerationSurvivesTheAgent() throws IOException {
        assertThat(new Generation(folder).newest()).isZero();
        new Generation(folder).take(41);
        assertThat(new Generation(folder).newest()).isEqualTo(41);
    }

    @Test
    void spoiltGenerationIsNotTakenForZero() throws IOException {
        Files.writeString(folder.resolve("generation"), "");
        assertThatThrownBy(() -> new Generation(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("number");
    }

    @Test
    void logIsReadFromItsEnd() throws IOException {
        var log = Files.writeString(folder.resolve("console.log"), "0123456789");
        assertThat(ConsoleLog.tail(log, 4)).asString().isEqualTo("6789");
        assertThat(ConsoleLog.tail(log, 100)).asString().isEqualTo("0123456789");
        assertThat(ConsoleLog.tail(folder.resolve("none"), 4)).isEmpty();
    }

    @Test
    void longLogKeepsItsEnd() throws IOException {
        var log = folder.resolve("console.log");
        Files.writeString(log, "a".repeat(5 << 20) + "the end");
        ConsoleLog.bound(log);
        assertThat(Files.size(log)).isEqualTo(1 << 20);
        assertThat(ConsoleLog.tail(log, 8)).asString().isEqualTo("athe end");
    }

    @Test
    void shortLogIsLeftAlone() throws IOException {
        var log = Files.writeString(folder.resolve("console.log"), "a".repeat(4 << 20));
        ConsoleLog.bound(log);
        assertThat(Files.size(log)).isEqualTo(4 << 20);
    }

    @Test
    void folderTooDeepForASocketIsRefusedAtOnce() {
        assertThatThrownBy(() -> new GuestStore(folder.resolve("x".repeat(80)), artifact -> folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }
}
