package regie.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.CommitGate;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/**
 * The room is killed between the commit and the answer, and started again: the command ends as if nothing had been, and what it
 * asked for was done once.
 */
class LostAnswerTest {
    @Test
    void aCommandOutlivesTheRoom(@Database TestDatabase database, @TempDir Path folder) throws Exception {
        var home = Files.createDirectory(folder.resolve("room"));
        try (var first = LiveRoom.start(database, home)) {
            var cli = Cli.of(first, folder);
            CompletableFuture<Cli.Ended> asked;
            try (var gate = new CommitGate(database, "identity.repeat")) {
                asked = CompletableFuture.supplyAsync(() -> cli.run("token", "create", "robot", "--role", "auditor"));
                Together.until("the commit waits", gate::isAwaited);
                first.kill();
            }
            try (var _ = LiveRoom.start(database, home, first.port())) {
                // Asked for a second time without its key, it would be refused: the name is taken.
                assertThat(asked.join().expect(0).out()).isNotBlank();
                assertThat(cli.run("token", "list").expect(0).out()).containsOnlyOnce("robot");
            }
        }
    }
}
