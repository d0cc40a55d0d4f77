package regie.engine.cpsat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import regie.placement.Program;
import regie.placement.Solver;

/**
 * Solves on the CPUs of this machine, one program at a time. The native library is unpacked and loaded when the first program comes;
 * where that fails, one line in the log says so, once.
 */
public final class CpSat implements Solver {
    private static final System.Logger LOG = System.getLogger(CpSat.class.getName());
    private static final int WORKERS_MAX = 8;

    private final int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, WORKERS_MAX);
    private final Semaphore alone = new Semaphore(1);
    private final NativeLibrary library = new NativeLibrary();

    @Override
    public Answer solve(Program program, Duration limit) {
        if (!alone.tryAcquire()) return new Answer.Unavailable("another plan is being improved at this moment");
        try {
            return onThreadOfItsOwn(program, limit);
        } finally {
            alone.release();
        }
    }

    /** A native call would keep the carrier of a virtual thread for as long as it takes. */
    private Answer onThreadOfItsOwn(Program program, Duration limit) {
        var answer = new CompletableFuture<Answer>();
        Thread.ofPlatform().daemon().name("cp-sat").start(() -> {
            try {
                answer.complete(answer(program, limit));
            } catch (Throwable failed) {
                answer.completeExceptionally(failed);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException failed) {
            LOG.log(System.Logger.Level.WARNING, "the solver failed", failed.getCause());
            return new Answer.Unavailable("the solver failed: " + failed.getMessage());
        }
    }

    private Answer answer(Program program, Duration limit) {
        var missing = library.missing();
        if (missing.isPresent()) return new Answer.Unavailable(missing.get());
        return new CpModelOf(program).solve(limit, workers);
    }
}
