package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** What a monitoring system learns of the room. */
class FiguresTest {
    @Test
    void figuresTellOfTheProcessItsDoorAndItsWork(@Database TestDatabase database) throws IOException {
        try (var room = new TestRoom(database)) {
            room.operator.put("/v1/projects/seen", "{\"spec\":{}}");
            room.operator.get("/v1/projects/not-there");
            room.operator.get("/nowhere");
            var figures = room.auditor().get("/metrics").body();
            assertThat(figures.lines())
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(line -> line.startsWith("jvm_gc_") || line.startsWith("jvm_threads_live"))
                    .anyMatch(
                            line -> line.startsWith(
                                    "regie_http_requests_seconds_count{method=\"PUT\",route=\"/v1/{plural}/{name}\",status=\"201\"} 1"))
                    .anyMatch(
                            line -> line.startsWith(
                                    "regie_http_requests_seconds_count{method=\"GET\",route=\"/v1/{plural}/{name}\",status=\"404\"} 1"))
                    .anyMatch(line -> line.startsWith(
                            "regie_http_requests_seconds_count{method=\"GET\",route=\"\",status=\"404\"}"))
                    .anyMatch(line -> line.startsWith("regie_database_connections_max "))
                    .anyMatch(line -> line.startsWith("regie_watchers 0"))
                    .anyMatch(line -> line.startsWith("regie_agents_attending 0"))
                    .anyMatch(line -> line.startsWith("regie_log_position{part=\"revision\"} "))
                    .anyMatch(line -> line.startsWith("regie_build_info{"))
                    .noneMatch(line -> line.contains("not-there"));
            assertThat(room.member("figures").get("/metrics").code()).isEqualTo("forbidden");
            assertThat(room.operator.as("").get("/metrics").status()).isEqualTo(401);
            var version = room.operator.get("/v1/version").json();
            assertThat(version.path("java").asString()).isEqualTo(System.getProperty("java.version"));
            assertThat(version.path("commit").asString()).isNotEmpty();
        }
    }

    @Test
    void roomWithoutItsDatabaseLivesAndIsNotReady(@Database TestDatabase database) throws IOException, SQLException {
        try (var room = new TestRoom(database)) {
            var anybody = room.operator.as("");
            assertThat(anybody.get("/readyz").status()).isEqualTo(200);
            database.close();
            regie.testing.Together.until(
                    "it notices", () -> anybody.get("/readyz").status() == 503);
            assertThat(anybody.get("/readyz").body()).isEqualTo("not ready");
            assertThat(anybody.get("/healthz").status()).isEqualTo(200);
        }
    }
}
