package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.compute.InstanceStatus.Stage;
import regie.estate.ServerSpec.Hypervisor;
import regie.estate.Servers;
import regie.kernel.Selection;
import regie.testing.Database;

/** Each estate that ships with the product comes up on simulated hosts: every fleet at its count, nothing oversold. */
class ExamplesRunTest {
    private static final int STEPS_MAX = 60;

    @ParameterizedTest
    @ValueSource(strings = {"laptop", "digiplug", "digimind", "vmcloud", "pixmania"})
    void everyFleetRuns(String example, @Database(World.Rooms.class) DataSource source) throws IOException {
        var world = new World(source, 1);
        world.apply(files(example));
        world.step();
        world.database.read(tx -> world.resources.list(tx, Servers.KIND, Selection.ALL)).stream()
                .filter(server -> server.spec().hypervisor() != Hypervisor.NONE)
                .forEach(server -> world.attend(server.name()));
        world.database
                .read(tx -> world.resources.list(tx, Compute.IMAGE, Selection.ALL))
                .forEach(image -> world.imageIsReady(image.name()));
        for (int step = 0; step < STEPS_MAX && !allRun(world); step++) world.step();

        for (var fleet : world.database.read(tx -> world.resources.list(tx, Compute.FLEET, Selection.ALL))) {
            assertThat(fleet.status().running())
                    .as("%s: %s; %s", fleet.key(), fleet.status(), waiting(world))
                    .isEqualTo(fleet.spec().count());
        }
        world.reckoning.assertNothingRunsTwice();
        world.reckoning.assertNoHostIsOversold();
        assertThat(world.refusals).isEmpty();
    }

    /** What some that do not run say. */
    private static List<String> waiting(World world) {
        return world.instances().stream()
                .filter(each -> each.status().stage() != Stage.RUNNING)
                .map(each -> each.key() + " " + each.status())
                .limit(3)
                .toList();
    }

    private static boolean allRun(World world) {
        return !world.instances().isEmpty()
                && world.instances().stream().allMatch(each -> each.status().stage() == Stage.RUNNING)
                && world.database.read(tx -> world.resources.list(tx, Compute.FLEET, Selection.ALL)).stream()
                        .allMatch(fleet ->
                                fleet.status().running() == fleet.spec().count());
    }

    private static List<String> files(String example) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../../examples", example))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ExamplesRunTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
