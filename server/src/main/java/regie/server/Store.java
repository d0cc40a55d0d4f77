package regie.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import regie.engine.postgres.PostgresFault;
import regie.engine.postgres.PostgresKeeper;
import regie.engine.postgres.PostgresSettings;
import regie.kernel.Fault;
import regie.kernel.Migrations;

/**
 * The PostgreSQL that everything is kept in, our own or a given one, and the pool of connections to it. Our own is started again
 * where it dies; until then requests fail or wait, and what was acknowledged is there afterwards.
 */
final class Store implements AutoCloseable {
    private static final long CONNECT_MILLIS = 10_000;
    /** What a burst has opened is closed soon after: each connection is a process of PostgreSQL. */
    private static final long IDLE_MILLIS = 15_000;

    /** Connections of our own server that are not in the pool: the two of the hints, and some for an administrator. */
    private static final int CONNECTIONS_ASIDE = 8;

    /**
     * A statement that hangs must not hold its connection for ever; no statement of ours takes this long. All that are frequent ask
     * by key: planning them once is enough, and an index is right also where the table is still believed to be empty. Without the two
     * last, single places at 100 a second took 37 ms instead of 19, and p99 361 instead of 105.
     */
    private static final String OPTIONS =
            "-c statement_timeout=60s -c TimeZone=UTC -c plan_cache_mode=force_generic_plan -c enable_seqscan=off";

    private static final Pattern SEVERAL_HOSTS = Pattern.compile("^jdbc:postgresql://[^/?]*,");

    private final Optional<PostgresKeeper> own;
    private final HikariDataSource pool;

    private Store(Optional<PostgresKeeper> own, HikariDataSource pool) {
        this.own = own;
        this.pool = pool;
    }

    /** @throws Fault where there is no database to be had, or it was written by a newer Regie */
    static Store open(Settings settings) {
        var own =
                settings.database().url().isPresent() ? Optional.<PostgresKeeper>empty() : Optional.of(start(settings));
        try {
            var store = new Store(own, new HikariDataSource(config(settings, own)));
            for (var schema : Rooms.SCHEMAS) Migrations.run(store.pool, schema);
            return store;
        } catch (RuntimeException e) {
            own.ifPresent(PostgresKeeper::close);
            throw e instanceof Fault ? e : new Fault("no connection to the database: " + e.getMessage(), e);
        }
    }

    HikariDataSource pool() {
        return pool;
    }

    private static PostgresKeeper start(Settings settings) {
        try {
            var database = settings.database();
            return PostgresKeeper.start(PostgresSettings.in(settings.folder().resolve("postgres"))
                    .withMemory(database.cacheMiB(), database.connections() + CONNECTIONS_ASIDE));
        } catch (PostgresFault e) {
            throw new Fault("PostgreSQL does not start: " + e.getMessage(), e);
        }
    }

    private static HikariConfig config(Settings settings, Optional<PostgresKeeper> own) {
        var config = new HikariConfig();
        config.setPoolName("regie");
        config.setMaximumPoolSize(settings.database().connections());
        config.setMinimumIdle(1);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setExceptionOverrideClassName(NoStandby.class.getName());
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("ApplicationName", "regie");
        config.addDataSourceProperty("options", OPTIONS);
        own.map(PostgresKeeper::address)
                .ifPresentOrElse(
                        address -> {
                            config.setJdbcUrl(address.jdbcUrl());
                            config.setUsername(address.user());
                            config.setPassword(address.password());
                        },
                        () -> given(config, settings.database()));
        return config;
    }

    private static void given(HikariConfig config, Settings.OfDatabase database) {
        var url = database.url().orElseThrow();
        config.setJdbcUrl(url);
        if (SEVERAL_HOSTS.matcher(url).find()) followPrimary(config, url);
        database.user().ifPresent(config::setUsername);
        database.passwordFile().ifPresent(file -> config.setPassword(password(Path.of(file))));
    }

    /**
     * Of several hosts the one is spoken to that takes changes, and where that one is lost, the one that was promoted. What the URL
     * says itself counts more.
     */
    private static void followPrimary(HikariConfig config, String url) {
        var wanted = Map.of(
                "targetServerType", "primary",
                "hostRecheckSeconds", "1",
                "connectTimeout", "2",
                "tcpKeepAlive", "true",
                "socketTimeout", "65");
        wanted.forEach((name, value) -> {
            if (!url.contains(name + "=")) config.addDataSourceProperty(name, value);
        });
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Fault("can't read the password of the database: " + e, e);
        }
    }

    @Override
    public void close() {
        pool.close();
        own.ifPresent(PostgresKeeper::close);
    }
}
