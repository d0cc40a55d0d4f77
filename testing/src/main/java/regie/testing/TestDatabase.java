package regie.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import regie.engine.postgres.PostgresAddress;

/** One database of one test, and the pool of connections to it. */
public final class TestDatabase implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 16;

    private final TestServer server;
    private final PostgresAddress address;
    private final HikariDataSource pool;

    TestDatabase(TestServer server, PostgresAddress address) {
        this.server = server;
        this.address = address;
        var config = new HikariConfig();
        config.setPoolName(address.database());
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1); // connect when first asked
        this.pool = new HikariDataSource(config);
    }

    /** Returns a pool of at most 16 connections, opened when first asked for. */
    public DataSource dataSource() {
        return pool;
    }

    /** Returns the name of this database. */
    public String name() {
        return address.database();
    }

    /** Returns the JDBC URL, for what opens its connections by itself. */
    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    /** Returns the user, who may do everything. */
    public String user() {
        return address.user();
    }

    public String password() {
        return address.password();
    }

    /**
     * Returns how many deadlocks the server had to break in this database, each after its second of waiting. Closes the pool: the
     * count is complete only when all have left.
     */
    public long deadlocks() throws SQLException {
        pool.close();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
            Together.until("all others have left", () -> ask(connection, """
                    select count(*) from pg_stat_activity
                     where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
                    """) == 0);
            return ask(connection, "select deadlocks from pg_stat_database where datname = current_database()");
        }
    }

    private static long ask(Connection connection, String sql) {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            if (!answer.next()) throw new IllegalStateException("no answer to " + sql);
            return answer.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void closePool() {
        pool.close();
    }

    /** Closes the pool and drops the database, cutting off whoever is still connected. */
    @Override
    public void close() throws SQLException {
        pool.close();
        server.tell("drop database if exists %s with (force)".formatted(address.database()));
    }
}
