package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static regie.agent.daemon.Wishes.HOST;
import static regie.agent.daemon.Wishes.guest;
import static regie.agent.daemon.Wishes.wish;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.channel.TestAuthority;
import regie.agent.channel.TestRoom;

/**
 * Goal: an agent killed at any moment never takes a wish older than one it said it had taken.
 * Method: a real process, wishes that stream in, SIGKILL after a random number of words, again and again.
 */
class AgentKillTest {
    private static final int KILLS = 5;
    private static final long SEED = 20_261_120;

    @TempDir
    Path folder;

    private long generation = 1;

    @Test
    void killedAgentRefusesWhatIsOlderThanWhatItTook() throws Exception {
        var random = new Random(SEED);
        try (var room = new TestRoom(new TestAuthority())) {
            var token = Files.writeString(folder.resolve("token"), room.token().text());
            long taken = 0;
            for (int kill = 0; kill <= KILLS; kill++) {
                room.heard.clear();
                var agent = start(room, token);
                try {
                    assertThat(last(room.hear("hello")))
                            .as("kept over kill %d", kill)
                            .isGreaterThanOrEqualTo(taken);
                    if (taken > 0) assertOlderIsRefused(room, taken - 1);
                    taken = Math.max(taken, stream(room, 1 + random.nextInt(40)));
                } finally {
                    agent.destroyForcibly().waitFor();
                }
            }
            assertThat(taken).isGreaterThan(KILLS);
            assertThat(room.joins).hasSize(1);
        }
    }

    private void assertOlderIsRefused(TestRoom room, long older) throws Exception {
        room.hear("report %s %d".formatted(HOST, generation));
        room.line(HOST).wish(wish(older));
        assertThat(room.hear("refused")).isEqualTo("refused %s %d STALE".formatted(HOST, older));
    }

    /** Wishes one after the other without waiting for each to be taken. @return the newest that was reported */
    private long stream(TestRoom room, int words) throws Exception {
        long newest = 0;
        for (int word = 0; word < words; word++) {
            for (int more = 0; more < 3; more++) room.wish(wish(++generation, guest(1, generation)));
            newest = Math.max(newest, last(room.hear("report")));
        }
        room.wish(wish(++generation));
        return newest;
    }

    private static long last(String words) {
        return Long.parseLong(words.substring(words.lastIndexOf(' ') + 1));
    }

    private Process start(TestRoom room, Path token) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "regie.agent.daemon.Agent",
                "--room",
                room.address().toString(),
                "--server",
                HOST,
                "--data",
                folder.resolve("data").toString(),
                "--engine",
                "simulated",
                "--join-file",
                token.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "agent.log"))
                .start();
    }
}
