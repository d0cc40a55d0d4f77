package regie.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path temporary;

    Path folder;

    @BeforeEach
    void openFolder() throws IOException {
        folder = Machine.opened(temporary).resolve("postgres");
    }

    @Test
    void startsKeepsItsDataThroughARestartAndLeavesNothingRunning() throws Exception {
        try (var server = EmbeddedPostgres.start(PostgresSettings.in(folder))) {
            assertThat(Machine.ask(server.address(), "show server_version")).startsWith("18.6");
            Machine.tell(server.address(), "create table kept as select 42 as answer");
        }
        assertThat(Machine.processesOf(folder)).isEmpty();

        try (var server = EmbeddedPostgres.start(PostgresSettings.in(folder))) {
            assertThat(Machine.ask(server.address(), "select answer from kept")).isEqualTo("42");
        }
        assertThat(Machine.processesOf(folder)).isEmpty();
    }

    @Test
    void isDurableSmallAndReachableFromThisMachineOnly() throws Exception {
        try (var server = EmbeddedPostgres.start(PostgresSettings.in(folder))) {
            var address = server.address();
            var wanted = Map.of(
                    "fsync", "on",
                    "full_page_writes", "on",
                    "synchronous_commit", "on",
                    "data_checksums", "on",
                    "listen_addresses", "127.0.0.1",
                    "unix_socket_directories", "",
                    "shared_buffers", "32MB",
                    "max_connections", "40",
                    "io_method", "sync");
            for (var parameter : wanted.entrySet()) {
                assertThat(Machine.ask(address, "show " + parameter.getKey()))
                        .as(parameter.getKey())
                        .isEqualTo(parameter.getValue());
            }
            assertThat(
                            Machine.ask(
                                    address,
                                    "select format('%s %s', datlocprovider, datlocale) from pg_database where datname = 'postgres'"))
                    .isEqualTo("b C.UTF-8");
            var idleKiB = Machine.proportionalSetSizeKiB(server.pid());
            System.out.printf("PostgreSQL idle: %d KiB Pss%n", idleKiB);
            assertThat(idleKiB).isPositive().isLessThan(48 * 1024);
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (var server = EmbeddedPostgres.start(PostgresSettings.in(folder).withUnixSocket(true))) {
            var address = server.address();
            assertThatThrownBy(() -> DriverManager.getConnection(address.jdbcUrl(), address.user(), "guess"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(Machine.ask(address, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThat(address.toString()).doesNotContain(address.password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(address.socketFolder().orElseThrow().resolve(".s.PGSQL." + address.port()))
                    .exists();
        }
        try (var secrets = Files.walk(folder)) {
            assertThat(secrets.filter(path -> path.endsWith("password"))).hasSize(1);
        }
    }

    @Test
    void runsAsItsOwnUserInASessionOfItsOwn() throws Exception {
        try (var server = EmbeddedPostgres.start(PostgresSettings.in(folder))) {
            var user =
                    ProcessHandle.of(server.pid()).orElseThrow().info().user().orElseThrow();
            assertThat(user).isEqualTo(ServiceUser.isRoot() ? ServiceUser.NAME : System.getProperty("user.name"));
            assertThat(Machine.session(server.pid())).isEqualTo(server.pid());
        }
    }

    @Test
    void aSecondStarterIsToldWhoHoldsTheFolder() throws Exception {
        var settings = PostgresSettings.in(folder);
        try (var holder = Holder.start(folder)) {
            holder.serverPid();
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                    .isInstanceOfSatisfying(
                            PostgresFault.class, e -> assertThat(e.reason()).isEqualTo(PostgresFault.Reason.HELD))
                    .hasMessageContaining("in use by process " + holder.jvmPid());
            assertThat(holder.killAfter(0)).isNotNegative();
        }
        try (var server = EmbeddedPostgres.start(settings)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(Machine.ask(server.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesWhatAnotherMajorVersionMade() throws Exception {
        EmbeddedPostgres.start(PostgresSettings.in(folder)).close();
        Files.writeString(folder.resolve("data/PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresSettings.in(folder)))
                .isInstanceOfSatisfying(
                        PostgresFault.class, e -> assertThat(e.reason()).isEqualTo(PostgresFault.Reason.VERSION))
                .hasMessageContaining("made by PostgreSQL 17");
    }

    @Test
    void refusesAFolderOfAnotherShapeOrWithoutItsPassword() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresSettings.in(folder)))
                .hasMessageContaining("no PG_VERSION");
        Files.writeString(folder.resolve("data/PG_VERSION"), "18\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresSettings.in(folder)))
                .hasMessageContaining("password is missing");
    }

    @Test
    void saysWhyTheServerDidNotStartAndGivesTheFolderBack() throws Exception {
        var wrong = PostgresSettings.in(folder).withParameters(Map.of("work_mem", "plenty"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(wrong))
                .isInstanceOfSatisfying(
                        PostgresFault.class, e -> assertThat(e.reason()).isEqualTo(PostgresFault.Reason.SERVER))
                .hasMessageContaining("invalid value for parameter \"work_mem\"");
        EmbeddedPostgres.start(PostgresSettings.in(folder)).close();
    }

    @Test
    void settingsThatWouldBreakItsSafetyAreRefused() {
        var settings = PostgresSettings.in(folder);
        assertThatThrownBy(() -> settings.withParameters(Map.of("fsync", "off")))
                .hasMessageContaining("\"fsync\" is set by the launcher");
        assertThatThrownBy(() -> settings.withParameters(Map.of("Work Mem", "1MB")))
                .hasMessageContaining("no name of a server parameter");
        assertThatThrownBy(() -> settings.withPort(0)).hasMessageContaining("1 to 65535");
    }
}
