package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import regie.engine.postgres.EmbeddedPostgres;
import regie.engine.postgres.PostgresFault;
import regie.engine.postgres.PostgresSettings;

/** A PostgreSQL that belongs to no server of the room, and so outlives each. */
final class SharedDatabase implements AutoCloseable {
    private static final int BUFFERS_MIB = 64;
    private static final int CONNECTIONS_MAX = 80;

    private final EmbeddedPostgres postgres;
    private final Path password;

    private SharedDatabase(EmbeddedPostgres postgres, Path password) {
        this.postgres = postgres;
        this.password = password;
    }

    static SharedDatabase start(Path folder) throws IOException {
        try {
            var postgres = EmbeddedPostgres.start(PostgresSettings.in(folder).withMemory(BUFFERS_MIB, CONNECTIONS_MAX));
            var password = Files.createTempFile(folder.getParent(), "database", ".password"); // 0600
            return new SharedDatabase(
                    postgres, Files.writeString(password, postgres.address().password()));
        } catch (PostgresFault e) {
            throw new IOException("PostgreSQL does not start: " + e.getMessage(), e);
        }
    }

    /** For the settings of a room. */
    String setting() {
        return "database: {url: \"%s\", user: \"%s\", passwordFile: \"%s\"}%n"
                .formatted(postgres.address().jdbcUrl(), postgres.address().user(), password);
    }

    @Override
    public void close() {
        postgres.close();
    }
}
