package regie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
 * Killed between the commit and the answer, a request that is sent again gets the answer it would have had, and is not done twice.
 * The moment is made certain: a trigger that runs during the commit waits for a lock that the test holds, the process is killed
 * while it waits, and only then does the commit go on.
 */
class KilledAnswerTest {
    private static final int GATE = 4_711;
    private static final Map<String, String> KEY = Map.of("Idempotency-Key", "the-only-one", "If-None-Match", "*");

    private static Path config(TestDatabase database, Path folder) throws IOException {
        var password = Files.writeString(folder.resolve("password"), database.password());
        return Files.writeString(folder.resolve("config.yaml"), """
                data: %s
                database: {url: "%s", user: "%s", passwordFile: "%s"}
                api: {listen: "127.0.0.1:0"}
                agents: {listen: "127.0.0.1:0"}
                """.formatted(
                        folder.resolve("data"), database.jdbcUrl(), database.user(), password));
    }

    @Test
    void answersAfterTheKillAsItWouldHaveBefore(@Database TestDatabase database, @TempDir Path folder)
            throws Exception {
        var config = config(database, folder);
        var first = RoomProcess.start(config);
        var token = TestRoom.operatorToken(folder.resolve("data"));
        try (var gate = database.dataSource().getConnection()) {
            tell(gate, """
                    create function gate() returns trigger language plpgsql as
                    $$ begin perform pg_advisory_xact_lock(%d); return null; end $$;
                    create constraint trigger gate after insert on identity.repeat deferrable initially deferred
                       for each row execute function gate();
                    select pg_advisory_lock(%d)
                    """.formatted(GATE, GATE));
            var asked = CompletableFuture.supplyAsync(() -> put(first, token));
            Together.until("the commit waits", () -> waiting(database));
            first.kill();
            assertThatThrownBy(asked::join).hasRootCauseInstanceOf(IOException.class);
            tell(gate, "select pg_advisory_unlock_all()");
        }
        Together.until("the commit is through", () -> !waiting(database));
        var second = RoomProcess.start(config);
        try {
            var operator = Asking.of(second.url(), token);
            var answer = put(second, token);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(answer.body())
                    .isEqualTo(operator.get("/v1/projects/killed").body());
            assertThat(operator.get("/v1/audit?name=killed")
                            .json()
                            .path("items")
                            .size())
                    .isEqualTo(1);
        } finally {
            second.kill();
        }
    }

    private static Asking.Answer put(RoomProcess room, String token) {
        return Asking.of(room.url(), token).ask("PUT", "/v1/projects/killed", "{\"spec\":{}}", KEY);
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
