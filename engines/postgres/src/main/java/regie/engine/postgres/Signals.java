package regie.engine.postgres;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends the signals that Java cannot: {@code pg_ctl kill} does it, as the user who may. */
record Signals(Binaries binaries, ServiceUser user) {
    /** Asks a postmaster for a fast shutdown: open transactions are rolled back, a checkpoint is written. */
    void fastShutdown(long pid) throws IOException {
        send("INT", pid);
    }

    /** Asks a postmaster to stop at once, without a checkpoint; the next start recovers from the log. */
    void immediateShutdown(long pid) throws IOException {
        send("QUIT", pid);
    }

    /** A process that ended meanwhile is as good as signalled, so the exit status is not looked at. */
    private void send(String signal, long pid) throws IOException {
        var command = List.of(binaries.program("pg_ctl"), "kill", signal, Long.toString(pid));
        Run.toEnd(new ProcessBuilder(user.command(List.of(), command)), 10, TimeUnit.SECONDS);
    }
}
