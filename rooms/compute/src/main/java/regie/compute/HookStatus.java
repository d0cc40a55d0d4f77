package regie.compute;

import java.time.Instant;
import java.util.Optional;
import regie.kernel.About;

/** How a member stands with the hook of its fleet that it came to last. */
public record HookStatus(
        @About("which hook") HookPoint point,
        @About("how it stands") State state,
        @About("when it began to wait") Optional<Instant> since,
        @About("when it stops waiting by itself") Optional<Instant> until,
        @About("nobody completed it in time") boolean timedOut) {
    public enum State {
        /** It does not run yet. */
        AHEAD,
        /** Somebody outside has to complete it. */
        WAITING,
        CONTINUED,
        ABANDONED
    }

    static final HookStatus AHEAD =
            new HookStatus(HookPoint.STARTING, State.AHEAD, Optional.empty(), Optional.empty(), false);

    static HookStatus waiting(HookPoint point, Instant now, int seconds) {
        return new HookStatus(point, State.WAITING, Optional.of(now), Optional.of(now.plusSeconds(seconds)), false);
    }

    boolean waits() {
        return state == State.WAITING;
    }

    HookStatus to(HookOutcome outcome, boolean late) {
        return new HookStatus(
                point, outcome == HookOutcome.CONTINUE ? State.CONTINUED : State.ABANDONED, since, until, late);
    }
}
