package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import regie.testing.Together;

class MigrationsTest {
    @Test
    void runningAgainChangesNothing(@regie.testing.Database DataSource source) {
        Migrations.run(source, "kernel");
        Migrations.run(source, "kernel");
        assertThat(versions(source)).isEqualTo(files());
    }

    @Test
    void serversThatStartAtOnceMigrateOnce(@regie.testing.Database DataSource source) {
        Together.run(4, _ -> {
            Migrations.run(source, "kernel");
            return true;
        });
        assertThat(versions(source)).isEqualTo(files());
    }

    @Test
    void newerSchemaIsRefusedAndLeftAsItIs(@regie.testing.Database DataSource source) {
        Migrations.run(source, "kernel");
        var database = new Database(source, new Hints());
        database.change(Library.TESTER, tx -> tx.change("""
                insert into kernel.flyway_schema_history
                       (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (99, '99', 'of tomorrow', 'SQL', 'V99__of_tomorrow.sql', 1, 'tester', 1, true)
                """));
        assertThatThrownBy(() -> Migrations.run(source, "kernel"))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "the database holds version 99 of kernel, which this program does not know: it was written by a"
                                + " newer Regie. Start that one, or restore a backup from before the upgrade.");
    }

    private static long files() {
        try (var files = Files.list(Path.of("src", "main", "resources", "regie", "kernel", "migrations"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long versions(DataSource source) {
        return new Library(source)
                .count("select count(*) as n from kernel.flyway_schema_history where version is not null");
    }
}
