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
    /** Stands before each topic: what comes back under our own name was heard here when it was raised. */
    private final String origin = Chance.SECURE.uuid() + " ";

    private volatile boolean closed;

    /** @param source gives connections of their own; one is held for as long as this is open */
    public DatabaseHints(DataSource source) {
        this.source = source;
        this.speaker = Thread.ofVirtual().name("hints-out").start(untilInterrupted(this::speak));
        this.listener = Thread.ofVirtual().name("hints-in").start(untilInterrupted(() -> connected(this::listen)));
    }

    @Override
    public void raise(String topic) {
        super.raise(topic);
        synchronized (pending) {
            if (pending.add(topic)) pending.notifyAll();
        }
    }

    /** Borrows its connection for each batch: an idle room has nothing to say, and each connection costs PostgreSQL a process. */
    private void speak() throws InterruptedException {
        while (!closed) {
            var topics = takePending();
            connected(connection -> say(connection, topics));
            LockSupport.parkNanos(COALESCE.toNanos());
        }
        connected(connection -> say(connection, Set.of(GOODBYE)));
    }

    private void say(Connection connection, Set<String> topics) throws SQLException {
        try (var notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            for (var topic : topics) {
                notify.setString(1, CHANNEL);
                notify.setString(2, origin + topic);
                notify.execute();
            }
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
                hear(heard.getParameter());
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("unlisten *");
        }
    }

    private void hear(String message) {
        if (!message.startsWith(origin)) wake(message.substring(message.indexOf(' ') + 1));
    }

    private interface Connected {
        void run(Connection connection) throws SQLException, InterruptedException;
    }

    /** Once, and again with another connection where it was lost; until then the waiters look once a second by themselves. */
    private void connected(Connected work) throws InterruptedException {
        do {
            try (var connection = source.getConnection()) {
                work.run(connection);
                return;
            } catch (SQLException | RuntimeException e) { // pools throw both
                if (closed) return;
                LOG.warn("hints are late until the database is back: {}", e.getMessage());
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        } while (!closed);
    }

    private interface Interruptible {
        void run() throws InterruptedException;
    }

    private static Runnable untilInterrupted(Interruptible work) {
        return () -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closing waited long enough
            }
        };
    }

    /** Gives the listening connection back whole: interrupting who reads from it would break it. */
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
