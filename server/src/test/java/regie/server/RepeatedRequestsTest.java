package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** A request under an Idempotency-Key is done once, and answered the same each time; with dryRun it is answered and not done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedRequestsTest {
    private static final String REPLAYED = "Idempotency-Replayed";

    private final TestDatabase database;
    private final TestRoom room;
    private final Asking operator;

    RepeatedRequestsTest(@Database TestDatabase database) throws IOException {
        this.database = database;
        room = new TestRoom(database);
        operator = room.operator;
    }

    @AfterAll
    void close() {
        room.close();
    }

    private static Map<String, String> key(String key) {
        return Map.of("Idempotency-Key", key);
    }

    private long audited(String name) {
        return operator.get("/v1/audit?limit=1000&name=" + name)
                .json()
                .path("items")
                .size();
    }

    @Test
    void secondTimeIsAnsweredAsTheFirst() {
        var first = operator.ask("PUT", "/v1/projects/once", "{\"spec\":{\"title\":\"x\"}}", key("k-put"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header(REPLAYED)).isEmpty();
        operator.patch("/v1/projects/once", "{\"spec\":{\"title\":\"later\"}}");
        var again = operator.ask("PUT", "/v1/projects/once", "{\"spec\":{\"title\":\"x\"}}", key("\"k-put\""));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header(REPLAYED)).isEqualTo("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(operator.get("/v1/projects/once").json().path("generation").asInt())
                .isEqualTo(2);
        assertThat(audited("once")).isEqualTo(2);
    }

    @Test
    void deletionAndSecretsAreAnsweredAgain() throws SQLException {
        operator.put("/v1/projects/gone", "{\"spec\":{}}");
        for (int time = 1; time <= 2; time++)
            assertThat(operator.ask("DELETE", "/v1/projects/gone", "", key("k-delete"))
                            .status())
                    .isEqualTo(204);
        var wanted = "{\"name\":\"robot\",\"role\":\"auditor\"}";
        var made = operator.ask("POST", "/v1/tokens", wanted, key("k-token"));
        var again = operator.ask("POST", "/v1/tokens", wanted, key("k-token"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(made.body());
        var secret = made.json().path("secret").asString();
        assertThat(operator.as(secret).get("/v1/whoami").status()).isEqualTo(200);
        try (var connection = database.dataSource().getConnection()) {
            assertThat(asked(connection, "select string_agg(encode(body, 'escape'), ' ') from identity.repeat"))
                    .doesNotContain(secret);
        }
    }

    @Test
    void otherRequestUnderTheSameKeyIsRefused() {
        operator.ask("PUT", "/v1/projects/reused", "{\"spec\":{}}", key("k-reused"));
        for (var other : new Asking.Answer[] {
            operator.ask("PUT", "/v1/projects/reused", "{\"spec\":{\"title\":\"y\"}}", key("k-reused")),
            operator.ask("PUT", "/v1/projects/reused-2", "{\"spec\":{}}", key("k-reused")),
            operator.ask("PATCH", "/v1/projects/reused", "{\"spec\":{}}", key("k-reused")),
            operator.ask(
                    "PUT",
                    "/v1/projects/reused",
                    "{\"spec\":{}}",
                    Map.of("Idempotency-Key", "k-reused", "If-Match", "\"1\"")),
        }) {
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.code()).isEqualTo("idempotency-key-reused");
        }
        assertThat(operator.get("/v1/projects/reused-2").status()).isEqualTo(404);
        assertThat(operator.as(room.auditor().token())
                        .ask("PUT", "/v1/projects/reused", "{\"spec\":{\"title\":\"z\"}}", key("k-reused"))
                        .code())
                .as("another caller has keys of his own")
                .isEqualTo("forbidden");
    }

    @Test
    void refusalLeavesTheKeyFree() {
        assertThat(operator.ask("PATCH", "/v1/projects/soon", "{\"spec\":{}}", key("k-free"))
                        .status())
                .isEqualTo(404);
        operator.put("/v1/projects/soon", "{\"spec\":{}}");
        assertThat(operator.ask("PATCH", "/v1/projects/soon", "{\"spec\":{\"title\":\"t\"}}", key("k-free"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void malformedKeysAreRefused() {
        for (var bad : new String[] {"", "a b", "\"", "\"\"", "x".repeat(256)})
            assertThat(operator.ask("PUT", "/v1/projects/never", "{\"spec\":{}}", key(bad))
                            .code())
                    .as(bad)
                    .isEqualTo("bad-parameter");
        assertThat(operator.get("/v1/projects/never").status()).isEqualTo(404);
    }

    @Test
    void whoComesWhileTheFirstIsUnderWayIsTold() throws Exception {
        operator.put("/v1/projects/busy", "{\"spec\":{}}");
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            asked(connection, "select uid from kernel.resource where kind = 'Project' and name = 'busy' for update");
            var first = CompletableFuture.supplyAsync(
                    () -> operator.ask("PATCH", "/v1/projects/busy", "{\"spec\":{\"title\":\"a\"}}", key("k-busy")));
            Together.until("the first waits for the row", () -> waiting() > 0);
            var second = operator.ask("PATCH", "/v1/projects/busy", "{\"spec\":{\"title\":\"a\"}}", key("k-busy"));
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.code()).isEqualTo("request-under-way");
            connection.rollback();
            assertThat(first.join().status()).isEqualTo(200);
        }
        var third = operator.ask("PATCH", "/v1/projects/busy", "{\"spec\":{\"title\":\"a\"}}", key("k-busy"));
        assertThat(third.header(REPLAYED)).isEqualTo("true");
    }

    private long waiting() {
        try (var connection = database.dataSource().getConnection()) {
            return Long.parseLong(
                    asked(
                            connection,
                            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String asked(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void rehearsalAnswersAndChangesNothing() {
        operator.put("/v1/projects/real", "{\"spec\":{\"title\":\"old\"}}");
        var before = operator.get("/v1/projects/real").body();
        var audited = audited();
        var put = operator.put("/v1/projects/dry?dryRun=true", "{\"spec\":{\"title\":\"t\"}}");
        assertThat(put.status()).isEqualTo(201);
        assertThat(put.header("Dry-Run")).isEqualTo("true");
        assertThat(put.json().path("spec").path("title").asString()).isEqualTo("t");
        var patched = operator.patch("/v1/projects/real?dryRun=true", "{\"spec\":{\"title\":\"new\"}}");
        assertThat(patched.header("ETag")).isEqualTo("\"2\"");
        assertThat(patched.json().path("spec").path("title").asString()).isEqualTo("new");
        assertThat(operator.delete("/v1/projects/real?dryRun=true").status()).isEqualTo(204);
        assertThat(operator.yaml("/v1/apply?dryRun=true", "kind: Project\nname: dry\nspec: {}\n")
                        .status())
                .isEqualTo(200);
        var token = operator.post("/v1/tokens?dryRun=true", "{\"name\":\"dry\",\"role\":\"auditor\"}");
        assertThat(token.status()).isEqualTo(201);
        assertThat(operator.as(token.json().path("secret").asString())
                        .get("/v1/whoami")
                        .status())
                .isEqualTo(401);
        assertThat(operator.get("/v1/projects/dry").status()).isEqualTo(404);
        assertThat(operator.get("/v1/projects/real").body()).isEqualTo(before);
        assertThat(audited()).isEqualTo(audited);
    }

    /** All of the trail, but for what is sealed by and by. */
    private String audited() {
        return operator.get("/v1/audit?limit=1000").body().replaceAll(",\"sealed\":(true|false)", "");
    }

    @Test
    void rehearsalRefusesAsTheRealThing() {
        Stream.of("maybe", "", "1")
                .forEach(bad -> assertThat(operator.put("/v1/projects/dry-2?dryRun=" + bad, "{\"spec\":{}}")
                                .code())
                        .isEqualTo("bad-parameter"));
        assertThat(operator.delete("/v1/projects/none?dryRun=true").code()).isEqualTo("not-found");
        assertThat(operator.get("/v1/projects?dryRun=true").code()).isEqualTo("bad-parameter");
        assertThat(room.auditor()
                        .put("/v1/projects/x?dryRun=true", "{\"spec\":{}}")
                        .code())
                .isEqualTo("forbidden");
        var keyed = operator.ask("PUT", "/v1/projects/dry-3?dryRun=true", "{\"spec\":{}}", key("k-dry"));
        assertThat(keyed.status()).isEqualTo(201);
        assertThat(operator.ask("PUT", "/v1/projects/dry-3", "{\"spec\":{}}", key("k-dry"))
                        .header(REPLAYED))
                .as("a rehearsal keeps nothing")
                .isEmpty();
    }
}
