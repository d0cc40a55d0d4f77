package regie.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @TempDir
    Path temporary;

    @BeforeEach
    void openFolder() throws IOException {
        Machine.opened(temporary);
    }

    @Test
    void twoThatUnpackAtOnceGetTheSameCompletePrograms() throws Exception {
        Files.createDirectory(temporary.resolve(".unpacking-999999999-1")); // somebody was killed while unpacking
        var user = ServiceUser.forThisJvm();
        Callable<Binaries> unpack = () -> Binaries.unpacked(temporary, user);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(unpack);
            var second = threads.submit(unpack);
            assertThat(second.get()).isEqualTo(first.get());
        }
        try (var entries = Files.list(temporary)) {
            assertThat(entries).containsExactly(temporary.resolve("postgresql-" + Binaries.VERSION));
        }
    }

    @Test
    void theArchiveHoldsTheVersionThatNamesItsFolder() throws Exception {
        var user = ServiceUser.forThisJvm();
        var postgres = Binaries.unpacked(temporary, user).program("postgres");
        var version = Run.toEnd(
                new ProcessBuilder(user.command(java.util.List.of(), java.util.List.of(postgres, "--version"))),
                10,
                TimeUnit.SECONDS);
        assertThat(version.output()).isEqualTo("postgres (PostgreSQL) " + Binaries.VERSION);
        assertThat(Binaries.VERSION).startsWith(Binaries.MAJOR + ".");
    }
}
