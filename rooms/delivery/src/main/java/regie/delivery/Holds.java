package regie.delivery;

import java.time.Instant;
import java.util.Collection;
import regie.kernel.Hold;

/** Every reason for which a webhook waits, in words for its owner. */
final class Holds {
    private Holds() {}

    static Hold noSecret(String name) {
        return new Hold(
                "webhook-no-secret",
                "it has no secret to sign with, so nothing is sent; make one: regie webhook secret " + name);
    }

    static Hold paused(int backlog) {
        return new Hold("webhook-paused", "it is paused, and %d deliveries wait; set paused: false".formatted(backlog));
    }

    static Hold gone(Instant since) {
        return new Hold(
                "webhook-gone",
                "its receiver said at %s that it is gone for good (410); change the webhook, replay or redeliver"
                        .formatted(since));
    }

    static Hold resting(Instant until) {
        return new Hold("webhook-resting", "its receiver asks to be left alone until %s".formatted(until));
    }

    static Hold failing(int failures, String last) {
        return new Hold(
                "webhook-failing",
                "%d attempts failed since the last success; the last one: %s".formatted(failures, last));
    }

    static Hold backlogFull(int most) {
        return new Hold(
                "webhook-backlog-full",
                "%d deliveries wait, which is the most; it reads on in the log when there are fewer".formatted(most));
    }

    static Hold missed(CourseLedger.Missed missed) {
        return new Hold(
                "webhook-missed",
                "the log was trimmed before it was read: changes between %s and %s were never queued"
                        .formatted(missed.from(), missed.to()));
    }

    static Hold deadLetters(int dead, String name) {
        return new Hold(
                "webhook-dead-letters",
                "%d deliveries were given up; look with: regie webhook deliveries %s --state dead"
                        .formatted(dead, name));
    }

    static Hold unknownKind(String kind, Collection<String> known) {
        return new Hold("webhook-unknown-kind", "there is no kind %s; there is %s".formatted(kind, known));
    }
}
