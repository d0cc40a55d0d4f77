package regie.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Hold;
import regie.kernel.Status;

/** How it goes with a webhook. Written at once where something begins or ends to wait, else every few seconds. */
public record WebhookStatus(
        State state,

        @About("secrets that deliveries are signed with now")
        int secrets,

        @About("deliveries that wait, the ones that are tried again included")
        int backlog,

        @About("since when the oldest of them waits") Optional<Instant> oldestWaiting,

        @About("deliveries that were given up and not yet sent anew")
        int dead,

        @About("when a delivery was last taken") Optional<Instant> lastSuccess,
        @About("when one last failed") Optional<Instant> lastFailure,
        @About("what that failure was") String lastError,
        @About("failures since the last success") int failures,
        @About("what waits and why") List<Hold> holds)
        implements Status {

    public enum State {
        /** What comes is delivered. */
        ACTIVE,
        /** It was told to hold all back, or has no secret yet. */
        WAITING,
        /** Its receiver said that it is gone for good. */
        GONE
    }

    static final WebhookStatus FRESH = new WebhookStatus(
            State.WAITING, 0, 0, Optional.empty(), 0, Optional.empty(), Optional.empty(), "", 0, List.of());

    public WebhookStatus {
        holds = List.copyOf(holds);
    }
}
