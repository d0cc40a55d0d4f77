package regie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Migrations;
import regie.testing.Schema;

/** Two servers of a room, each with a folder of its own, and one database. */
class SharedBytesTest {
    static final class Tables implements Schema {
        @Override
        public void migrate(DataSource database) {
            Migrations.run(database, "storage");
        }
    }

    private final ImageBytes here;
    private final ImageBytes there;
    private final Database database;
    private final SharedBytes offered;
    private final SharedBytes asked;
    private final byte[] content = new byte[2_500_000];

    SharedBytesTest(@TempDir Path folder, @regie.testing.Database(Tables.class) DataSource source) {
        var settings = new StorageSettings(8 << 20, 1L << 40, 0, 2);
        here = ImageBytes.open(folder.resolve("here"), settings);
        there = ImageBytes.open(folder.resolve("there"), settings);
        database = new Database(source, new Hints());
        offered = new SharedBytes(database, here);
        asked = new SharedBytes(database, there);
        new Random(1).nextBytes(content);
    }

    @Test
    void whatOneServerTookInIsAtTheOther() throws IOException {
        var name = taken();
        assertThat(there.has(name)).isFalse();
        assertThat(read(asked, name)).contains(content);
        assertThat(there.has(name)).as("brought into its own folder").isTrue();
        assertThat(asked.open("0".repeat(64))).isEmpty();
        assertThat(asked.open("../password")).isEmpty();
    }

    @Test
    void whatIsNotWholeIsNotThere() throws IOException {
        var name = taken();
        database.change(Actor.ROOM, tx -> tx.change("update storage.content set whole = false"));
        database.change(Actor.ROOM, tx -> tx.change("delete from storage.chunk where number = 1"));
        assertThat(asked.open(name)).isEmpty();
        offered.offerAll();
        assertThat(read(asked, name)).contains(content);
    }

    @Test
    void whatIsDamagedIsNotTaken() throws IOException {
        var name = taken();
        database.change(
                Actor.ROOM,
                tx -> tx.change(
                        "update storage.chunk set data = overlay(data placing '\\x00ff00'::bytea from 9) where number = 2"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> asked.open(name))
                .isInstanceOf(IOException.class);
        assertThat(there.has(name)).isFalse();
    }

    @Test
    void whatNobodyNeedsGoesOnceItIsOld() throws IOException {
        var name = taken();
        assertThat(offered.sweep(_ -> Set.of()))
                .as("somebody may be writing down who needs it")
                .isZero();
        database.change(
                Actor.ROOM, tx -> tx.change("update storage.content set touched = touched - interval '2 hours'"));
        assertThat(offered.sweep(names -> names)).isZero();
        assertThat(offered.sweep(_ -> Set.of())).isOne();
        assertThat(asked.open(name)).isEmpty();
    }

    private String taken() throws IOException {
        try (var file = here.take(new ByteArrayInputStream(content), new Announced(content.length, Optional.empty()))) {
            file.keep();
            offered.offer(file);
            return file.sha256();
        }
    }

    private static Optional<byte[]> read(SharedBytes bytes, String name) throws IOException {
        var found = bytes.open(name);
        if (found.isEmpty()) return Optional.empty();
        try (var in = Channels.newInputStream(found.get())) {
            return Optional.of(in.readAllBytes());
        }
    }
}
