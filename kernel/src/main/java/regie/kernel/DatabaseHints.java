package regie.kernel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints that reach all servers on one database, by LISTEN and NOTIFY. Topics raised within 10 ms go out as one notification each:
 * a NOTIFY in every commit would halve what the database can write.
 */
public final class DatabaseHints extends Hints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHints.class);
    private static final String CHANNEL = "regie";
    private static final Duration COALESCE = Duration.ofMillis(10);
    private static final int LISTEN_MILLIS = 1_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);
    /** A topic nobody waits for: it ends the listening of whoever is closing. */
    private static final String GOODBYE = "";

    private final DataSource source;
    private final Set<String> pending = new LinkedHashSet<>();
    private final Thread speaker;
    private final Thread listener;
    /** Of the connection that speaks: what comes back from it was heard here when it was raised. */
    private volatile int speakerPid;

    private volatile boolean closed;

    /** @param source gives connections of their own; two are held for as long as this is open */
    public DatabaseHints(DataSource source) {
        this.source = source;
        this.speaker = Thread.ofVirtual().name("hints-out").start(() -> connected(this::speak));
        this.listener = Thread.ofVirtual().name("hints-in").start(() -> connected(this::listen));
    }

    @Override
    public void raise(String topic) {
        super.raise(topic);
        synchronized (pending) {
            if (pending.add(topic)) pending.notifyAll();
        }
    }

    private void speak(Connection connection) throws SQLException, InterruptedException {
        speakerPid = connection.unwrap(PGConnection.class).getBackendPID();
        try (var notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            while (!closed) {
                for (var topic : takePending()) {
                    notify.setString(1, CHANNEL);
                    notify.setString(2, topic);
                    notify.execute();
                }
                LockSupport.parkNanos(COALESCE.toNanos());
            }
            notify.setString(1, CHANNEL);
            notify.setString(2, GOODBYE);
            notify.execute();
        }
    }

    private Set<String> takePending() throws InterruptedException {
        synchronized (pending) {
            while (pending.isEmpty() && !closed) pending.wait();
            var taken = Set.copyOf(pending);
            pending.clear();
            return taken;
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
        }
        wakeAll();
        var postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
            for (var heard : postgres.getNotifications(LISTEN_MILLIS)) {
                if (heard.getPID() != speakerPid) wake(heard.getParameter());
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("unlisten *");
        }
    }

    private interface Connected {
        void run(Connection connection) throws SQLException, InterruptedException;
    }

    /** A lost connection is made anew; until then the waiters look once a second by themselves. */
    private void connected(Connected work) {
        while (!closed) {
            try (var connection = source.getConnection()) {
                work.run(connection);
            } catch (SQLException | RuntimeException e) { // pools throw both
                if (closed) return;
                LOG.warn("hints are late until the database is back: {}", e.getMessage());
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Gives both connections back whole: interrupting who reads from one would break it. */
    @Override
    public void close() {
        closed = true;
        synchronized (pending) {
            pending.notifyAll();
        }
        try {
            speaker.join(CLOSE);
            listener.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        speaker.interrupt();
        listener.interrupt();
    }
}
