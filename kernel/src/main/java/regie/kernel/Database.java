package regie.kernel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The one database. Everything that must be true together happens in one {@link #transact}. */
public final class Database {
    private static final int TRIES_MAX = 5;

    private final DataSource source;
    private final Hints hints;

    /** The transaction of {@link #together} that this thread is in, or the part of it. */
    private final ScopedValue<Tx> whole = ScopedValue.newInstance();

    /** @param source of connections that commit each statement, and read what is committed, unless they are told otherwise */
    public Database(DataSource source, Hints hints) {
        this.source = source;
        this.hints = hints;
    }

    /**
     * Runs {@code work} in a transaction and commits it; anything thrown rolls it back. Where PostgreSQL asks for another try
     * (a deadlock, a serialization failure) the work is run again from its start, so it must not touch the world outside.
     *
     * @throws Fault where the database gave no answer; the work may or may not have been committed
     */
    public <R> R transact(Actor actor, Function<Tx, R> work) {
        if (whole.isBound()) return whole.get().part(actor, tx -> inside(tx, work));
        for (int attempt = 1; ; attempt++) {
            try {
                return once(actor, work);
            } catch (SqlFailure e) {
                if (attempt == TRIES_MAX || !SqlState.of(e).worthAnotherTry()) {
                    throw failed(e);
                }
            }
        }
    }

    /**
     * Runs {@code work} as {@link #transact} would, gives what it came to, and undoes it.
     *
     * @throws Fault where the database gave no answer
     */
    public <R> R rehearse(Actor actor, Function<Tx, R> work) {
        if (whole.isBound()) return rehearsePart(actor, work);
        try (var connection = source.getConnection()) {
            return inTransaction(connection, () -> work.apply(new Tx(connection, actor)), Connection::rollback);
        } catch (SQLException | SqlFailure e) {
            throw failed(e);
        }
    }

    /**
     * Makes one transaction of all that {@code work} asks of this database in this thread: each {@link #transact} in it becomes
     * a part, whose failure undoes that part alone, and each {@link #read} sees what the parts before wrote. As with any
     * transaction, {@code work} may be run again.
     */
    public <R> R together(Actor actor, Function<Tx, R> work) {
        return transact(actor, tx -> inside(tx, work));
    }

    /** As {@link #together}, and undone. */
    public <R> R rehearseTogether(Actor actor, Function<Tx, R> work) {
        return rehearse(actor, tx -> inside(tx, work));
    }

    /** Whether this thread is in the work of a {@link #together}: what it asks for belongs to that one transaction. */
    public boolean isTogether() {
        return whole.isBound();
    }

    private <R> R inside(Tx tx, Function<Tx, R> work) {
        return ScopedValue.where(whole, tx).call(() -> work.apply(tx));
    }

    private <R> R rehearsePart(Actor actor, Function<Tx, R> work) {
        var result = new ArrayList<R>(1);
        try {
            whole.get().part(actor, tx -> {
                result.add(inside(tx, work));
                throw new Undo();
            });
        } catch (Undo undone) {
            return result.getFirst();
        }
        throw Check.failed("a rehearsal ends by being undone");
    }

    /** Ends a part of a transaction that is only rehearsed. */
    private static final class Undo extends RuntimeException {
        Undo() {
            super("undone", null, false, false);
        }
    }

    public void change(Actor actor, Consumer<Tx> work) {
        transact(actor, tx -> {
            work.accept(tx);
            return true;
        });
    }

    /** For reading only; sees one moment in each statement. */
    public <R> R read(Function<Tx, R> work) {
        if (whole.isBound()) return work.apply(whole.get());
        try (var connection = source.getConnection()) {
            return work.apply(new Tx(connection, Actor.ROOM));
        } catch (SQLException | SqlFailure e) {
            throw failed(e);
        }
    }

    /**
     * For reading only; sees one and the same moment in all statements: what was committed when the first of them began, and nothing
     * that a transaction around it in this thread has written.
     */
    public <R> R snapshot(Function<Tx, R> work) {
        try (var connection = source.getConnection()) {
            var tx = new Tx(connection, Actor.ROOM);
            return inTransaction(
                    connection,
                    () -> {
                        tx.change("set transaction isolation level repeatable read");
                        return work.apply(tx);
                    },
                    Connection::rollback);
        } catch (SQLException | SqlFailure e) {
            throw failed(e);
        }
    }

    private <R> R once(Actor actor, Function<Tx, R> work) {
        try (var connection = source.getConnection()) {
            var tx = new Tx(connection, actor);
            R result = inTransaction(connection, () -> work.apply(tx), Connection::commit);
            tx.hints().forEach(hints::raise);
            return result;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private interface Ending {
        void end(Connection connection) throws SQLException;
    }

    /** @param ending how it ends where {@code work} comes to its end; what it throws rolls it back */
    private static <R> R inTransaction(Connection connection, Supplier<R> work, Ending ending) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var result = work.get();
            ending.end(connection);
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** Where the connection is gone, so is the transaction. */
    private static void rollBack(Connection connection, Throwable why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    private static Fault failed(Exception e) {
        return new Fault("the database failed: " + SqlState.message(e), e);
    }
}
