package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, with a PostgreSQL of its own: killed at any moment it has kept all that it acknowledged. */
class KilledRoomTest {
    private static final int KILLS = 4;
    private static final int WRITERS = 3;
    private static final long SEED = 20_261_120;

    private static Path config(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        var config = folder.resolve("config.yaml");
        Files.writeString(
                config,
                "data: %s\napi: {listen: '127.0.0.1:0'}\nagents: {listen: '127.0.0.1:0'}\n"
                        .formatted(folder.resolve("data")));
        return config;
    }

    @Test
    void keepsAllThatItAcknowledged(@TempDir Path folder) throws Exception {
        var config = config(folder);
        var chance = new Random(SEED);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        for (int kill = 1; kill <= KILLS; kill++) {
            var running = RoomProcess.start(config);
            var operator = Asking.of(running.url(), TestRoom.operatorToken(folder.resolve("data")));
            assertThat(names(operator)).as("after kill %d", kill - 1).containsAll(acknowledged);
            var over = new AtomicBoolean();
            var acknowledgements = new Semaphore(0);
            try (var writers = Executors.newFixedThreadPool(WRITERS)) {
                for (int writer = 1; writer <= WRITERS; writer++) {
                    var stem = "k%d-w%d-".formatted(kill, writer);
                    writers.execute(() -> write(operator, stem, acknowledged, acknowledgements, over));
                }
                acknowledgements.acquire(1 + chance.nextInt(60)); // the moment of death
                running.process().destroyForcibly().waitFor();
                over.set(true);
            }
        }
        var last = RoomProcess.start(config);
        var operator = Asking.of(last.url(), TestRoom.operatorToken(folder.resolve("data")));
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
        assertThat(names(operator)).containsAll(acknowledged);
        assertThat(auditedNames(operator))
                .as("and each stands in the audit trail")
                .containsAll(acknowledged);
        last.process().destroy();
        assertThat(last.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(last.process().exitValue()).as("stopped as asked").isZero();
    }

    private static void write(
            Asking operator, String stem, Set<String> acknowledged, Semaphore acknowledgements, AtomicBoolean over) {
        for (int at = 1; !over.get(); at++) {
            try {
                var answer = operator.put("/v1/projects/" + stem + at, "{\"spec\":{}}");
                if (answer.status() == 201 && acknowledged.add(stem + at)) acknowledgements.release();
            } catch (UncheckedIOException e) {
                return; // killed: what was not acknowledged may be there or not
            }
        }
    }

    private static Set<String> names(Asking operator) {
        return operator.get("/v1/projects?limit=1000")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .collect(Collectors.toSet());
    }

    private static Set<String> auditedNames(Asking operator) {
        return operator.get("/v1/audit?kind=Project&limit=1000")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("key").path("name").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void wrongWordsAndSettingsEndItWithTheirCodes(@TempDir Path folder) throws Exception {
        var wrong = folder.resolve("wrong.yaml");
        Files.writeString(wrong, "api:\n  lisen: x\n");
        for (var words : List.of(
                List.of("64", "--nonsense"),
                List.of("78", "--config", wrong.toString()),
                List.of("78", "--config", "/none"))) {
            var command = new java.util.ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "regie.server.Main"));
            command.addAll(words.subList(1, words.size()));
            var process = new ProcessBuilder(command).start();
            var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isEqualTo(Integer.parseInt(words.getFirst()));
            assertThat(said).startsWith("regie up: ").doesNotContain("Exception in");
        }
    }
}
