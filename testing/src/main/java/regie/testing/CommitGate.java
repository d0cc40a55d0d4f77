package regie.testing;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Holds every transaction that adds to a table in the midst of its commit, until it is opened: a trigger that runs during the commit
 * waits for a lock that this holds. So a process can be killed between the commit and what it would do next.
 */
public final class CommitGate implements AutoCloseable {
    private static final int LOCK = 4_711;

    private final TestDatabase database;
    private final Connection holder;

    /** @param table with its schema, such as {@code identity.repeat} */
    public CommitGate(TestDatabase database, String table) throws SQLException {
        this.database = database;
        this.holder = database.dataSource().getConnection();
        tell("""
                create function gate() returns trigger language plpgsql as
                $$ begin perform pg_advisory_xact_lock(%d); return null; end $$;
                create constraint trigger gate after insert on %s deferrable initially deferred
                   for each row execute function gate();
                select pg_advisory_lock(%d)
                """.formatted(LOCK, table, LOCK));
    }

    /** Whether a commit stands before it. */
    public boolean isAwaited() {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select count(*) > 0 from pg_locks
                         where locktype = 'advisory' and objid = %d and not granted
                           and database = (select oid from pg_database where datname = current_database())
                        """.formatted(LOCK))) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets all through that stand before it, and those that come. */
    public void open() throws SQLException {
        tell("select pg_advisory_unlock_all()");
    }

    private void tell(String sql) throws SQLException {
        try (var statement = holder.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        open();
        holder.close();
    }
}
