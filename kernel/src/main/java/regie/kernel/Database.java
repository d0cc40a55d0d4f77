package regie.kernel;

import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The one database. Everything that must be true together happens in one {@link #transact}. */
public final class Database {
    private static final int TRIES_MAX = 5;

    private final Jdbi jdbi;
    private final Hints hints;

    /** The transaction of {@link #together} that this thread is in, or the part of it. */
    private final ScopedValue<Tx> whole = ScopedValue.newInstance();

    public Database(DataSource source, Hints hints) {
        this.jdbi = Jdbi.create(source);
        this.hints = hints;
        Tx.registerArrays(jdbi);
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
            } catch (JdbiException e) {
                if (attempt == TRIES_MAX || !SqlState.of(e).worthAnotherTry()) {
                    throw new Fault("the database failed: " + SqlState.message(e), e);
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
        try (var handle = jdbi.open()) {
            handle.begin();
            try {
                return work.apply(new Tx(handle, actor));
            } finally {
                handle.rollback();
            }
        } catch (JdbiException e) {
            throw new Fault("the database failed: " + SqlState.message(e), e);
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
        try {
            return jdbi.withHandle(handle -> work.apply(new Tx(handle, Actor.ROOM)));
        } catch (JdbiException e) {
            throw new Fault("the database failed: " + SqlState.message(e), e);
        }
    }

    /**
     * For reading only; sees one and the same moment in all statements: what was committed when the first of them began, and nothing
     * that a transaction around it in this thread has written.
     */
    public <R> R snapshot(Function<Tx, R> work) {
        try (var handle = jdbi.open()) {
            return handle.inTransaction(
                    TransactionIsolationLevel.REPEATABLE_READ, _ -> work.apply(new Tx(handle, Actor.ROOM)));
        } catch (JdbiException e) {
            throw new Fault("the database failed: " + SqlState.message(e), e);
        }
    }

    private <R> R once(Actor actor, Function<Tx, R> work) {
        try (var handle = jdbi.open()) {
            var tx = new Tx(handle, actor);
            R result = handle.inTransaction(TransactionIsolationLevel.READ_COMMITTED, _ -> work.apply(tx));
            tx.hints().forEach(hints::raise);
            return result;
        }
    }
}
