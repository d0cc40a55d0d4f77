package regie.engine.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One life of a PostgreSQL server of our own. It never outlives this JVM: when the JVM dies, even by SIGKILL, the
 * server makes a fast shutdown; a next {@link #start} on the same folder waits for that, recovers, and misses nothing
 * that was ever acknowledged.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "postgres";

    private final PostgresSettings settings;
    private final FolderLock lock;
    private final Signals signals;
    private final Postmaster postmaster;
    private final PostgresAddress address;
    private final AtomicBoolean over = new AtomicBoolean();

    private EmbeddedPostgres(
            PostgresSettings settings,
            FolderLock lock,
            Signals signals,
            Postmaster postmaster,
            PostgresAddress address) {
        this.settings = settings;
        this.lock = lock;
        this.signals = signals;
        this.postmaster = postmaster;
        this.address = address;
    }

    /**
     * Makes the folder where it is missing, starts the server, and returns when it accepts connections.
     *
     * @throws PostgresFault where it cannot run; nothing is left running then
     */
    public static EmbeddedPostgres start(PostgresSettings settings) throws PostgresFault {
        try {
            var user = ServiceUser.forThisJvm();
            var binaries = Binaries.unpacked(settings.binaries(), user);
            Folders.make(settings.folder(), "rwx--x--x");
            var folder = settings.folder().toRealPath();
            user.mustReach(folder);
            var lock = FolderLock.take(folder);
            try {
                return start(settings, lock, new Cluster(folder, binaries, user), new Signals(binaries, user));
            } catch (IOException | PostgresFault | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FOLDER,
                    "PostgreSQL could not be started in %s: %s".formatted(settings.folder(), e),
                    e);
        }
    }

    private static EmbeddedPostgres start(PostgresSettings settings, FolderLock lock, Cluster cluster, Signals signals)
            throws PostgresFault, IOException {
        new Leftovers(cluster.folder(), signals).end(settings.stopTimeout());
        var password = cluster.prepare(settings.durable());
        var log = new ServerLog(cluster.folder().resolve("postgres.log"));
        var postmaster = Postmaster.start(settings, cluster, log, signals);
        var socket = settings.unixSocket() ? Optional.of(cluster.data()) : Optional.<Path>empty();
        var address =
                new PostgresAddress("127.0.0.1", postmaster.port(), DATABASE, Cluster.SUPERUSER, password, socket);
        return new EmbeddedPostgres(settings, lock, signals, postmaster, address);
    }

    /** Returns where it listens and how to sign in. */
    public PostgresAddress address() {
        return address;
    }

    /** Returns the pid of the server process, the parent of all others. */
    public long pid() {
        return postmaster.process().pid();
    }

    /** Completes with the exit status when the server process ends, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return postmaster.process().onExit().thenApply(Process::exitValue);
    }

    /** Kills the server process with SIGKILL and gives the folder back: a drill for what a next start must survive. */
    public void kill() {
        if (!over.compareAndSet(false, true)) return;
        postmaster.kill();
        lock.close();
    }

    /** Makes a fast shutdown, waits for its end and gives the folder back; does nothing the second time. */
    @Override
    public void close() {
        if (!over.compareAndSet(false, true)) return;
        try {
            postmaster.stop(settings, signals);
        } catch (IOException e) {
            postmaster.kill(); // it could not even be signalled; the next start recovers from the log
        } finally {
            lock.close();
        }
    }
}
