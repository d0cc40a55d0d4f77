package regie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** A TypeScript client that a public generator makes of the room's own description does what its users need, types included. */
class GeneratedClientTest {
    private static final Path WALK = Path.of("src", "test", "typescript");
    private static final int MINUTES_MAX = 5;

    @Test
    void clientWalksThroughALiveRoom(@Database TestDatabase database, @TempDir Path folder) throws Exception {
        assumeTrue(node() >= 18, "needs Node 18 or newer, and npm");
        try (var files = Files.list(WALK)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        try (var room = new TestRoom(database)) {
            Files.writeString(
                    folder.resolve("openapi.json"),
                    room.operator.get("/v1/openapi.json").body());
            run(folder, "npm", "ci", "--no-audit", "--no-fund");
            run(folder, "npm", "run", "generate");
            run(folder, "npm", "run", "compile");
            var token = room.folder().resolve(FirstStart.TOKEN_FILE).toString();
            var walked = run(folder, "npm", "run", "--silent", "walk", "--", room.url(), token);
            assertThat(walked.lines())
                    .filteredOn(line -> line.startsWith("ok "))
                    .hasSize(7);
        }
    }

    private static int node() {
        try {
            var version = run(Path.of("."), "node", "--version");
            run(Path.of("."), "npm", "--version");
            return Integer.parseInt(version.strip().replaceAll("^v(\\d+)\\..*", "$1"));
        } catch (IOException | InterruptedException e) {
            return 0;
        }
    }

    private static String run(Path folder, String... words) throws IOException, InterruptedException {
        var output = Files.createTempFile("regie-client-", ".log");
        try {
            var process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
            if (!ended) process.destroyForcibly();
            var said = Files.readString(output);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", String.join(" ", words), said)
                    .isTrue();
            return said;
        } finally {
            Files.delete(output);
        }
    }
}
