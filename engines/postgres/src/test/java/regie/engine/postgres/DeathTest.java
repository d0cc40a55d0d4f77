package regie.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills the holder or its server at random moments: what was acknowledged stays, and nobody is left behind. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeathTest {
    private static final int KILLS = 6;

    @TempDir
    Path temporary;

    Path folder;

    @BeforeEach
    void openFolder() throws IOException {
        folder = Machine.opened(temporary).resolve("postgres");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aKilledHolderLosesNothingAcknowledged(long seed) throws Exception {
        var random = new Random(seed);
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (var holder = Holder.start(folder)) {
                // In turn at any moment of the start, and at any moment of the writing.
                if (kill % 2 == 1) holder.awaitWriting();
                acknowledged = Math.max(acknowledged, holder.killAfter(random.nextInt(kill % 2 == 1 ? 500 : 1_500)));
            }
            // Every other time the next one comes at once, while the old server may still be stopping.
            if (random.nextBoolean()) Machine.awaitNoProcessOf(folder);
        }
        try (var server = EmbeddedPostgres.start(PostgresSettings.in(folder))) {
            Machine.tell(server.address(), "create table if not exists acknowledged (number int primary key)");
            assertThat(Machine.ask(
                            server.address(),
                            "select count(*) from acknowledged where number between 1 and " + acknowledged))
                    .isEqualTo(Integer.toString(acknowledged));
        }
        assertThat(Machine.processesOf(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 20, 120, 250})
    void anInterruptedInitdbIsDoneAgain(long millisIntoInitdb) throws Exception {
        try (var holder = Holder.start(folder)) {
            while (!initdbRuns()) TimeUnit.MILLISECONDS.sleep(1);
            holder.killAfter(millisIntoInitdb);
        }
        assertThat(folder.resolve("data"))
                .as("killed before initdb was complete")
                .doesNotExist();
        try (var server = EmbeddedPostgres.start(PostgresSettings.in(folder))) {
            assertThat(Machine.ask(server.address(), "select 1")).isEqualTo("1");
        }
        assertThat(initdbRuns()).as("drafts are deleted").isFalse();
        assertThat(Machine.processesOf(folder)).isEmpty();
    }

    @Test
    void theServerOfAKilledHolderMakesAFastShutdownByItself() throws Exception {
        try (var holder = Holder.start(folder)) {
            assertThat(ProcessHandle.of(holder.serverPid())).isPresent();
            holder.killAfter(200);
        }
        Machine.awaitNoProcessOf(folder);
        assertThat(Files.readString(folder.resolve("postgres.log"))).endsWith("database system is shut down\n");
    }

    @Test
    void aKilledServerLosesNothingAcknowledged() throws Exception {
        var settings = PostgresSettings.in(folder);
        var first = EmbeddedPostgres.start(settings);
        Machine.tell(first.address(), "create table kept as select generate_series(1, 1000) as number");
        first.kill();
        try (var second = EmbeddedPostgres.start(settings)) {
            assertThat(Machine.ask(second.address(), "select count(*) from kept"))
                    .isEqualTo("1000");
        }
    }

    @Test
    void aPidFileThatNamesAStrangerIsNoObstacle() throws Exception {
        var settings = PostgresSettings.in(folder);
        var first = EmbeddedPostgres.start(settings);
        var pidFile = folder.resolve("data/postmaster.pid");
        first.kill();
        try (var stranger = EmbeddedPostgres.start(PostgresSettings.in(folder.resolveSibling("stranger")))) {
            var lines = Files.readAllLines(pidFile);
            lines.set(0, Long.toString(stranger.pid()));
            Files.write(pidFile, lines);
            try (var second = EmbeddedPostgres.start(settings)) {
                assertThat(Machine.ask(second.address(), "select 1")).isEqualTo("1");
            }
            assertThat(Machine.ask(stranger.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void theKeeperStartsTheNextServerAtTheSameAddress() throws Exception {
        try (var keeper = PostgresKeeper.start(PostgresSettings.in(folder))) {
            var address = keeper.address();
            Machine.tell(address, "create table kept as select 42 as answer");
            for (long kill = 1; kill <= 3; kill++) {
                ProcessHandle.of(keeper.pid()).orElseThrow().destroyForcibly();
                while (keeper.restarts() < kill) {
                    assertThat(keeper.trouble()).isEmpty();
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                assertThat(keeper.address()).isEqualTo(address);
                assertThat(Machine.ask(address, "select answer from kept")).isEqualTo("42");
            }
        }
        assertThat(Machine.processesOf(folder)).isEmpty();
    }

    private boolean initdbRuns() throws IOException {
        if (!Files.exists(folder)) return false;
        try (var drafts = Files.newDirectoryStream(folder, "initdb-*")) {
            return drafts.iterator().hasNext();
        }
    }
}
