package regie.engine.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

/** One running server process and the port it listens on. */
record Postmaster(Process process, int port) {
    /** How many free ports are tried where somebody else takes the chosen one first. */
    private static final int PORTS_MAX = 5;

    private static final int LOOK_AGAIN_MILLIS = 5;

    /** Starts the server and waits until it accepts connections; on a fault nothing is left running. */
    static Postmaster start(PostgresSettings settings, Cluster cluster, ServerLog log, Signals signals)
            throws PostgresFault, IOException {
        discardForeignPidFile(PidFile.of(cluster.data()));
        for (int attempt = 1; ; attempt++) {
            int port = settings.port().isPresent() ? settings.port().get() : freePort();
            var mark = log.open();
            var process = ProcessParent.start(Tether.builder(
                            cluster.user(),
                            cluster.binaries().program("postgres"),
                            ServerCommand.arguments(settings, cluster.data(), port),
                            cluster.data())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(Redirect.appendTo(log.file().toFile())));
            var postmaster = new Postmaster(process, port);
            if (postmaster.becomesReady(settings, cluster, signals)) return postmaster;
            var said = log.since(mark);
            var portTaken = settings.port().isEmpty() && said.contains("could not bind");
            if (!portTaken || attempt == PORTS_MAX) {
                throw new PostgresFault(
                        PostgresFault.Reason.SERVER,
                        "PostgreSQL did not accept connections on port %d in %s; it said: %s"
                                .formatted(port, cluster.folder(), said));
            }
        }
    }

    /** Asks for a fast shutdown and waits; where it takes longer than it may, ends it without its last checkpoint. */
    void stop(PostgresSettings settings, Signals signals) throws IOException {
        if (process.isAlive()) signals.fastShutdown(process.pid());
        if (endsWithin(settings.stopTimeout().toMillis())) return;
        signals.immediateShutdown(process.pid());
        if (endsWithin(TimeUnit.SECONDS.toMillis(5))) return;
        kill();
    }

    /** Kills the server process alone, as a drill; its children find out by themselves. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean becomesReady(PostgresSettings settings, Cluster cluster, Signals signals) throws IOException {
        var pidFile = PidFile.of(cluster.data());
        var deadline = System.nanoTime() + settings.startTimeout().toNanos();
        try {
            while (!pidFile.saysReady(process.pid())) {
                if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) return false;
                if (System.nanoTime() - deadline > 0) {
                    stop(settings, signals);
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            stop(settings, signals);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL started", e);
        }
    }

    /** Keeps waiting when interrupted: a server left behind would be worse than a late answer. */
    private boolean endsWithin(long millis) {
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /**
     * PostgreSQL refuses to start where its old pid now belongs to any process of the same user, such as a server in
     * another folder. The caller knows that nobody works in this one, so such a file is only in the way. Where its
     * pid is dead the file stays: PostgreSQL makes more checks with it.
     */
    private static void discardForeignPidFile(PidFile pidFile) throws IOException {
        var pid = pidFile.pid();
        if (pid.isPresent() && ProcessHandle.of(pid.get()).isPresent()) Files.deleteIfExists(pidFile.path());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
