package regie.engine.postgres;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that starts our processes.
 *
 * <p>Linux ties "tell me when my parent dies" to the <em>thread</em> that made the child. Started from a pool's or a
 * virtual thread, PostgreSQL would be shut down as soon as that thread ends; so this one lives as long as the JVM.
 */
final class ProcessParent {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("postgres-parent").factory());

    private ProcessParent() {}

    static Process start(ProcessBuilder builder) throws IOException {
        var started = THREAD.submit(builder::start);
        var interrupted = false;
        try {
            while (true) {
                try {
                    return started.get();
                } catch (InterruptedException _) {
                    interrupted = true; // the process may exist already: it must not get lost
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException cause) throw cause;
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
