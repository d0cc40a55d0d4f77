package regie.lab.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import regie.engine.postgres.EmbeddedPostgres;
import regie.engine.postgres.PostgresAddress;
import regie.engine.postgres.PostgresSettings;

/** A primary, and a standby that has to have each commit before it is acknowledged. */
final class ReplicatedPostgres implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 60;
    private static final int BUFFERS_MIB = 32;

    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres standby;

    private ReplicatedPostgres(EmbeddedPostgres primary, EmbeddedPostgres standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /** The standby begins as a copy of the primary, taken while that one rests. */
    static ReplicatedPostgres start(Path folder, Random chance) throws Exception {
        int first = Regie.freePort(chance);
        int second = Regie.freePort(chance);
        var one = settings(folder.resolve("primary"), first, Map.of());
        EmbeddedPostgres.start(one).close();
        copy(folder.resolve("primary"), folder.resolve("standby"));
        var primary = EmbeddedPostgres.start(settings(
                folder.resolve("primary"),
                first,
                Map.of("synchronous_standby_names", "*", "synchronous_commit", "on", "wal_level", "replica")));
        var address = primary.address();
        var from = "host=127.0.0.1 port=%d user=%s password=%s application_name=standby"
                .formatted(address.port(), address.user(), address.password());
        var standby = EmbeddedPostgres.start(
                settings(folder.resolve("standby"), second, Map.of("primary_conninfo", from, "hot_standby", "on")));
        var both = new ReplicatedPostgres(primary, standby);
        Regie.await(
                "the standby follows",
                () -> both.ask(address, "select count(*) = 1 from pg_stat_replication where sync_state = 'sync'"));
        return both;
    }

    private static PostgresSettings settings(Path folder, int port, Map<String, String> parameters) {
        return PostgresSettings.in(folder)
                .withPort(port)
                .withMemory(BUFFERS_MIB, CONNECTIONS_MAX)
                .withParameters(parameters);
    }

    /** With its owners, for the server has a user of its own; and with the word that makes a standby of it. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        run(List.of("cp", "-a", from.toString(), to.toString()));
        var signal = Files.createFile(to.resolve("data/standby.signal"));
        run(List.of("chown", "--reference", to.resolve("data/PG_VERSION").toString(), signal.toString()));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0)
            throw new IOException(command + " failed");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s"
                .formatted(
                        primary.address().port(),
                        standby.address().port(),
                        primary.address().database());
    }

    String user() {
        return primary.address().user();
    }

    String password() {
        return primary.address().password();
    }

    /** SIGKILL of the primary, and the word to the standby that it is the primary now. */
    void losePrimary() {
        primary.kill();
        if (!ask(standby.address(), "select pg_promote(true, 60)"))
            throw new AssertionError("the standby was not promoted");
    }

    private boolean ask(PostgresAddress address, String sql) {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public void close() {
        standby.close();
        primary.close();
    }
}
