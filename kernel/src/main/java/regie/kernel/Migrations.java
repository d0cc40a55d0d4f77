package regie.kernel;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings one room's schema up to what its code needs. Each room keeps its files in {@code regie/<room>/migrations}. */
public final class Migrations {
    /**
     * One connection for a migration's statements and for the note that it was applied, so that one transaction holds both: whatever
     * ends it, the next start finds either both or neither. Flyway's lock is then held by that connection's session.
     */
    private static final Map<String, String> ONE_TRANSACTION = Map.of("flyway.postgresql.transactional.lock", "false");

    private Migrations() {}

    /**
     * @param room name of the room, of its schema, and of the package folder that holds the files
     * @throws Fault where the schema is newer than this program, or a migration failed; nothing is half done then
     */
    public static void run(DataSource source, String room) {
        runTo(source, room, "latest");
    }

    /** As {@link #run}, but no further than {@code version}, such as {@code 1}: the schema as an older program left it. */
    public static void runTo(DataSource source, String room, String version) {
        try {
            var flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .schemas(room)
                    .defaultSchema(room)
                    .locations("classpath:regie/" + room + "/migrations")
                    .target(version)
                    .validateMigrationNaming(true)
                    .configuration(ONE_TRANSACTION)
                    .loggers("slf4j")
                    .load();
            refuseNewer(flyway, room);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new Fault("the schema of %s can't be brought up to date: %s".formatted(room, e.getMessage()), e);
        }
    }

    private static void refuseNewer(Flyway flyway, String room) {
        for (var applied : flyway.info().applied()) {
            if (applied.getState().isResolved()) continue;
            throw new Fault(
                    ("the database holds version %s of %s, which this program does not know: it was written by a newer Regie."
                                    + " Start that one, or restore a backup from before the upgrade.")
                            .formatted(applied.getVersion(), room));
        }
    }
}
