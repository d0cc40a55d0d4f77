package regie.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/**
 * The room is killed between the commit and the answer, and started again: the command ends as if nothing had been, and what it
 * asked for was done once. A trigger holds the commit until the room is dead.
 */
class LostAnswerTest {
    private static final int GATE = 4_712;

    @Test
    void aCommandOutlivesTheRoom(@Database TestDatabase database, @TempDir Path folder) throws Exception {
        var home = Files.createDirectory(folder.resolve("room"));
        var first = LiveRoom.start(database, home);
        var cli = new Cli(
                folder,
                Map.of(
                        "HOME", folder.toString(),
                        "REGIE_ROOM", first.url(),
                        "REGIE_TOKEN_FILE", first.tokenFile().toString()));
        CompletableFuture<Cli.Ended> asked;
        try (var gate = database.dataSource().getConnection()) {
            tell(gate, """
                    create function gate() returns trigger language plpgsql as
                    $$ begin perform pg_advisory_xact_lock(%d); return null; end $$;
                    create constraint trigger gate after insert on identity.repeat deferrable initially deferred
                       for each row execute function gate();
                    select pg_advisory_lock(%d)
                    """.formatted(GATE, GATE));
            asked = CompletableFuture.supplyAsync(() -> cli.run("token", "create", "robot", "--role", "auditor"));
            Together.until("the commit waits", () -> waiting(database));
            first.kill();
            tell(gate, "select pg_advisory_unlock_all()");
        }
        try (var _ = LiveRoom.start(database, home, first.port())) {
            // Asked for a second time without its key, it would be refused: the name is taken.
            assertThat(asked.join().expect(0).out()).isNotBlank();
            assertThat(cli.run("token", "list").expect(0).out()).containsOnlyOnce("robot");
        }
    }

    private static boolean waiting(TestDatabase database) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select count(*) > 0 from pg_locks
                         where locktype = 'advisory' and objid = %d and not granted
                           and database = (select oid from pg_database where datname = current_database())
                        """.formatted(GATE))) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tell(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
