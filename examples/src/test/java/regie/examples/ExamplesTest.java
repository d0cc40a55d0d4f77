package regie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.estate.Servers;
import regie.kernel.Changes.Action;
import regie.kernel.Changes.Change;
import regie.kernel.Manifests;
import regie.kernel.Selection;
import regie.testing.Database;

class ExamplesTest {
    /**
     * What each example has to hold, by its documents.
     *
     * @param servers all of them
     * @param vcpus at least so many for guests
     */
    record Example(String folder, int servers, int vcpus) {
        @Override
        public String toString() {
            return folder;
        }
    }

    ExamplesTest() {}

    static Stream<Example> all() {
        return Stream.of(
                new Example("laptop", 2, 4),
                new Example("digiplug", 156, 1_152), // "150+ servers"
                new Example("digimind", 36, 2_000), // "nearly 500 machines", virtual ones
                new Example("vmcloud", 37, 4_152), // 28 hosts of 120 vCPUs, and 9 with cards of 88
                new Example("pixmania", 608, 4_000)); // "more than 600 Linux servers across seven data centers"
    }

    @ParameterizedTest
    @MethodSource("all")
    void isLoadedAsAWholeAndAgainWithoutAnyChange(Example example, @Database(Room.Tables.class) DataSource source) {
        var room = new Room(source);
        var files = files(example.folder());

        var first = room.apply(files);
        var again = room.apply(files);

        assertThat(first.changes()).extracting(Change::action).containsOnly(Action.CREATE);
        assertThat(again.changes()).extracting(Change::action).containsOnly(Action.KEEP);
        var servers = room.database.read(tx -> room.resources.list(tx, Servers.KIND, Selection.ALL));
        assertThat(servers).hasSize(example.servers());
        assertThat(servers.stream()
                        .mapToInt(server -> server.spec().capacity().vcpus())
                        .sum())
                .isGreaterThanOrEqualTo(example.vcpus());
    }

    private static Manifests.Source[] files(String folder) {
        var root = Stream.of(Path.of(folder), Path.of("examples", folder))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();
        try (var paths = Files.list(root)) {
            return paths.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ExamplesTest::file)
                    .toArray(Manifests.Source[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifests.Source file(Path path) {
        try {
            return new Manifests.Source(path.getFileName().toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
