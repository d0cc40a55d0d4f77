package regie.engine.postgres;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps one server running: where it dies, starts the next one on the same folder and port, so that a connection pool
 * only needs to reconnect. It never gives up; attempts that fail follow each other ever more slowly.
 */
public final class PostgresKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PostgresKeeper.class.getName());
    private static final long PAUSE_MILLIS_MIN = 100;
    private static final long PAUSE_MILLIS_MAX = 10_000;

    private final PostgresSettings settings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watch;
    private volatile EmbeddedPostgres current;
    private final AtomicLong restarts = new AtomicLong();
    private volatile Optional<PostgresFault> trouble = Optional.empty();

    private PostgresKeeper(PostgresSettings settings, EmbeddedPostgres first) {
        this.settings = settings.withPort(first.address().port());
        this.current = first;
        this.watch = Thread.ofVirtual().name("postgres-keeper").unstarted(this::watch);
    }

    /**
     * Starts the first server and returns when it accepts connections.
     *
     * @throws PostgresFault where even the first start fails
     */
    public static PostgresKeeper start(PostgresSettings settings) throws PostgresFault {
        var keeper = new PostgresKeeper(settings, EmbeddedPostgres.start(settings));
        keeper.watch.start();
        return keeper;
    }

    /** Returns where it listens and how to sign in: the same for all its servers. */
    public PostgresAddress address() {
        return current.address();
    }

    /** Returns the pid of the newest server process; it may have just ended. */
    public long pid() {
        return current.pid();
    }

    /** Returns how many servers were started after the first. */
    public long restarts() {
        return restarts.get();
    }

    /** Returns why the newest attempt failed; empty while a server runs or a first attempt is under way. */
    public Optional<PostgresFault> trouble() {
        return trouble;
    }

    /** Stops keeping, makes a fast shutdown of the server and waits for its end. */
    @Override
    public void close() {
        closing.countDown();
        current.close();
        var interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void watch() {
        var pauseMillis = PAUSE_MILLIS_MIN;
        while (true) {
            current.onExit().join();
            if (closing.getCount() == 0) return;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "PostgreSQL (process {0}) died; starting it again",
                    Long.toString(current.pid()));
            current.close(); // gives the folder back
            try {
                current = EmbeddedPostgres.start(settings);
                restarts.incrementAndGet();
                trouble = Optional.empty();
                pauseMillis = PAUSE_MILLIS_MIN;
            } catch (PostgresFault e) {
                trouble = Optional.of(e);
                LOG.log(System.Logger.Level.ERROR, "PostgreSQL could not be started again", e);
                if (closes(pauseMillis)) return;
                pauseMillis = Math.min(PAUSE_MILLIS_MAX, pauseMillis * 2);
            }
            if (closing.getCount() == 0) current.close();
        }
    }

    private boolean closes(long withinMillis) {
        try {
            return closing.await(withinMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }
}
