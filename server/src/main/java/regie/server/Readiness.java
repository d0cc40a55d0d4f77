package regie.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import regie.kernel.Clock;
import regie.kernel.Database;

/**
 * Whether the database answers. Asked at most once a second, however often somebody wants to know, and never waited for long: a
 * probe must not become a load.
 */
final class Readiness {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final Clock clock;
    private CompletableFuture<Boolean> asked = CompletableFuture.completedFuture(false);
    private long askedNanos;

    Readiness(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.askedNanos = clock.nanos() - FRESH.toNanos();
    }

    boolean ready() {
        try {
            return question().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> question() {
        if (asked.isDone() && clock.nanos() - askedNanos >= FRESH.toNanos()) {
            askedNanos = clock.nanos();
            var question = new CompletableFuture<Boolean>();
            asked = question;
            Thread.ofVirtual().name("readiness").start(() -> ask(question));
        }
        return asked;
    }

    private void ask(CompletableFuture<Boolean> question) {
        try {
            question.complete(database.read(tx -> tx.first("select true as yes", row -> row.flag("yes")))
                    .isPresent());
        } catch (RuntimeException e) {
            question.completeExceptionally(e);
        }
    }
}
