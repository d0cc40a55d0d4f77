package regie.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import regie.lab.clients.Fuzz;

/**
 * Goal: whatever a client sends, it gets a 4xx or a closed connection; never a failure, a word about what is inside, or a change.
 * Method: the room as a process, and everything that the checked-in description names asked for wrongly, ten times each;
 * {@code -Dregie.fuzz.seed=…} asks otherwise, {@code ./regie lab fuzz} for longer.
 */
class FuzzTest {
    private static final Path DESCRIPTION = Path.of("..", "..", "contracts", "openapi.json");
    private static final Pattern READY = Pattern.compile("ready http://127\\.0\\.0\\.1:(\\d+)");
    private static final int SHOTS = 10;
    private static final long SEED = Long.getLong("regie.fuzz.seed", 20_261_120);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void whateverIsSentIsRefusedAndChangesNothing() throws Exception {
        System.out.printf("regie.fuzz.seed=%d in %s%n", SEED, folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        var settings = Files.writeString(folder.resolve("settings.yaml"), """
                data: "%s"
                api: {listen: "127.0.0.1:0", requestsPerSecond: 10000000, requestsBurst: 10000000}
                agents: {listen: "127.0.0.1:0"}
                """.formatted(folder.resolve("room")));
        var words = List.of("--config", settings.toString());
        try (var room = new Child("regie.server.Main", words, folder.resolve("room.log"))) {
            Regie.await(
                    "the room is ready",
                    () -> READY.matcher(Files.readString(room.log())).find());
            var ready = READY.matcher(Files.readString(room.log()));
            assertThat(ready.find()).isTrue();
            var fuzz = new Fuzz(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1))),
                    Files.readString(folder.resolve("room/operator.token")).strip(),
                    Files.readString(DESCRIPTION));
            fuzz.prepare();
            var report = fuzz.run(SEED, SHOTS, false);
            System.out.println(new TreeMap<>(report.byStatus()));
            assertThat(report.findings()).isEmpty();
            assertThat(report.requests()).isGreaterThan(1_000);
            assertThat(Files.readString(room.log())).as("mistakes of ours").doesNotContain("SEVERE");
            assertThat(room.stop()).isZero();
        }
    }
}
