package regie.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import regie.engine.postgres.EmbeddedPostgres;
import regie.engine.postgres.PostgresFault;
import regie.engine.postgres.PostgresSettings;

/**
 * The one server of this JVM's tests: made when first asked for, gone with the JVM. It does without fsync, for its data
 * need to survive a killed process but no power cut, and without autovacuum, whose workers would get in the way of
 * cloning.
 */
final class TestServer {
    private static final System.Logger LOG = System.getLogger(TestServer.class.getName());
    private static final String FOLDER_PREFIX = "regie-test-postgres-";
    private static final int SHARED_BUFFERS_MIB = 64;
    private static final int CONNECTIONS_MAX = 200;

    private final EmbeddedPostgres postgres;
    private final AtomicLong databases = new AtomicLong();

    private TestServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static TestServer start() {
        try {
            deleteFoldersOfTheDead();
            // The system's own folder for temporary files: the service user may not pass through a home folder.
            var folder = Files.createTempDirectory(
                    FOLDER_PREFIX + ProcessHandle.current().pid() + "-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            var postgres = EmbeddedPostgres.start(PostgresSettings.in(folder)
                    .withDurable(false)
                    .withMemory(SHARED_BUFFERS_MIB, CONNECTIONS_MAX)
                    .withParameters(Map.of("autovacuum", "off", "full_page_writes", "off")));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                postgres.kill(); // nothing of it is needed any more
                delete(folder);
            }));
            return new TestServer(postgres);
        } catch (IOException | PostgresFault e) {
            throw new IllegalStateException("The tests' PostgreSQL does not start", e);
        }
    }

    /** Makes an empty database. */
    TestDatabase create() throws SQLException {
        return create("template0");
    }

    /** Makes a clone of the database {@code template}, to which nobody may be connected. */
    TestDatabase create(String template) throws SQLException {
        var name = "test_" + databases.incrementAndGet();
        // Copying files takes checkpoints, which cost little without fsync: 1.7 times as fast as writing each page to
        // the log.
        tell("create database %s template %s strategy file_copy".formatted(name, template));
        return new TestDatabase(this, postgres.address().withDatabase(name));
    }

    /** Makes a database that is only there to be cloned, and returns its name. */
    String createTemplate(Schema schema) throws SQLException {
        var template = create();
        try {
            schema.migrate(template.dataSource());
        } catch (SQLException | RuntimeException e) {
            template.close();
            throw e;
        }
        template.closePool();
        tell("alter database %s with is_template true allow_connections false".formatted(template.name()));
        return template.name();
    }

    void tell(String sql) throws SQLException {
        var address = postgres.address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Test JVMs that were killed could not delete their folders. */
    private static void deleteFoldersOfTheDead() throws IOException {
        try (var folders =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), FOLDER_PREFIX + "*-*")) {
            for (var folder : folders) {
                var pid = folder.getFileName()
                        .toString()
                        .substring(FOLDER_PREFIX.length())
                        .replaceAll("-.*", "");
                if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) delete(folder);
            }
        }
    }

    /** What cannot be deleted now (its server is still stopping) is left to the next run. */
    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Left to the next run", e);
        }
    }
}
