package regie.delivery;

import java.time.Instant;
import java.util.Optional;
import regie.kernel.ChangeLog;
import regie.kernel.Key;

/**
 * A line of the delivery log.
 *
 * @param message the header {@code webhook-id} it came with, however often
 * @param position of the change in the log: a replay can begin before it
 * @param status HTTP status of the last attempt; empty where no answer came
 * @param millis how long the last attempt took
 */
public record DeliveryRecord(
        long number,
        String message,
        String position,
        Instant at,
        ChangeSort what,
        Key key,
        State state,
        int attempts,
        Instant queuedAt,
        Optional<Instant> triedAt,
        Optional<Long> millis,
        Optional<Long> status,
        String error,
        Optional<Instant> finishedAt) {

    public enum State {
        WAITING,
        DELIVERED,
        /** Given up: a dead letter. */
        DEAD
    }

    static String position(long transaction, long revision) {
        return new ChangeLog.Position(transaction, revision).toString();
    }
}
