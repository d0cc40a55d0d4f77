package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import regie.kernel.Fault;
import regie.kernel.Migrations;
import regie.testing.TestDatabase;
import regie.testing.TestDatabases;

/**
 * Whatever ends an upgrade, and behind whichever statement: the next start goes on from there, and comes to the same. Cut is behind every
 * hundredth statement, from where chance begins; {@code -Dregie.migrations.step=1} cuts behind each, which takes minutes.
 */
class InterruptedMigrationsTest {
    /** How the release 0.1.0 left each schema; the others came later. */
    private static final Map<String, String> RELEASE =
            Map.of("kernel", "1", "identity", "2", "network", "1", "compute", "1");

    private static final int STATEMENTS_MAX = 5_000;
    private static final int STEP = Integer.getInteger("regie.migrations.step", 100);
    private static final long SEED = Long.getLong("regie.migrations.seed", 20_261_120);

    private final Random chance = new Random(SEED);

    @Test
    void upgradeOfAnEmptyDatabaseIsResumedBehindEachStatement() throws SQLException {
        try (var whole = TestDatabases.create();
                var cut = TestDatabases.create()) {
            migrate(whole);
            assertThat(migrateInPieces(cut)).as("cuts").isGreaterThan(100 / STEP);
            assertThat(shape(cut)).isEqualTo(shape(whole));
        }
    }

    @Test
    void upgradeOfTheReleaseIsResumedBehindEachStatement() throws SQLException {
        try (var whole = TestDatabases.create();
                var cut = TestDatabases.create()) {
            for (var database : List.of(whole, cut)) {
                for (var schema : Rooms.SCHEMAS)
                    if (RELEASE.containsKey(schema))
                        Migrations.runTo(database.dataSource(), schema, RELEASE.getOrDefault(schema, ""));
            }
            migrate(whole);
            assertThat(migrateInPieces(cut)).as("cuts").isGreaterThan(50 / STEP);
            assertThat(shape(cut)).isEqualTo(shape(whole));
        }
    }

    private static void migrate(TestDatabase database) {
        for (var schema : Rooms.SCHEMAS) Migrations.run(database.dataSource(), schema);
    }

    /** @return how often it was cut */
    private int migrateInPieces(TestDatabase database) throws SQLException {
        int cuts = 0;
        for (var schema : Rooms.SCHEMAS) {
            int behind = 1 + chance.nextInt(STEP);
            long reached = applied(database, schema);
            while (true) {
                var connections = new CutConnections(database, behind);
                try {
                    Migrations.run(connections.source(), schema);
                } catch (Fault interrupted) {
                    assertThat(connections.cut())
                            .as("%s: %s", schema, interrupted.getMessage())
                            .isTrue();
                }
                if (!connections.cut()) break; // it came to its end before the moment did
                assertThat(++cuts).isLessThan(STATEMENTS_MAX);
                long now = applied(database, schema);
                behind = now > reached ? 1 + chance.nextInt(STEP) : behind + STEP;
                reached = now;
            }
        }
        return cuts;
    }

    private static long applied(TestDatabase database, String schema) throws SQLException {
        var there = rows(database, "select to_regclass('%s.flyway_schema_history') is not null".formatted(schema));
        if (!there.equals(List.of("t"))) return 0;
        return Long.parseLong(rows(
                        database,
                        "select count(*) from %s.flyway_schema_history where version is not null".formatted(schema))
                .getFirst());
    }

    /** All that a migration can make: columns, constraints, indexes, functions, triggers, and what was applied. */
    private static List<String> shape(TestDatabase database) throws SQLException {
        var schemas = "'" + String.join("','", Rooms.SCHEMAS) + "'";
        var shape = new ArrayList<String>();
        for (var sql : List.of(
                "select format('%%s.%%s.%%s %%s %%s %%s', table_schema, table_name, column_name, data_type, is_nullable, column_default) from information_schema.columns where table_schema in (%s)",
                "select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace::regnamespace::text in (%s)",
                "select indexdef from pg_indexes where schemaname in (%s)",
                "select pg_get_functiondef(oid) from pg_proc where pronamespace::regnamespace::text in (%s)",
                "select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and relnamespace::regnamespace::text in (%s)",
                "select c.oid::regclass || ' ' || coalesce(reloptions::text, '') from pg_class c where relkind = 'r' and relnamespace::regnamespace::text in (%s)")) {
            shape.addAll(rows(database, sql.formatted(schemas)));
        }
        for (var schema : Rooms.SCHEMAS)
            shape.addAll(rows(
                    database,
                    "select script || checksum || success from %s.flyway_schema_history where version is not null"
                            .formatted(schema)));
        shape.sort(null);
        return shape;
    }

    private static List<String> rows(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (answer.next()) rows.add(String.valueOf(answer.getString(1)));
            return rows;
        }
    }
}
