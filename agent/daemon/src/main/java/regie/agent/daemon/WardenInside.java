package regie.agent.daemon;

import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import regie.agent.contract.Hypervisor.Ending;
import regie.agent.contract.Timeline;

/** The warden of simulated guests, which are in this process: it ends with them, as on a machine whose power fails. */
final class WardenInside implements Warden {
    private static final long LOOK_MILLIS = 200;
    private static final long LOOK_MILLIS_MAX = 500;

    private final Supplier<Board> board;
    private final Ending.Inside guests;
    private final Timeline timeline;
    private final LongSupplier clock;
    private final BooleanSupplier away;
    private boolean looking;
    private boolean ended;

    /** @param away true while this warden is to be gone, as one that was killed */
    WardenInside(
            Supplier<Board> board, Ending.Inside guests, Timeline timeline, LongSupplier clock, BooleanSupplier away) {
        this.board = board;
        this.guests = guests;
        this.timeline = timeline;
        this.clock = clock;
        this.away = away;
    }

    @Override
    public void keep(long now) {
        synchronized (this) {
            if (looking) return;
            looking = true;
        }
        look();
    }

    @Override
    public boolean watches(long now) {
        return true;
    }

    @Override
    public Set<UUID> guests() {
        return Set.of();
    }

    @Override
    public void guests(Set<UUID> ignored) {}

    private void look() {
        long left = board.get().until() - clock.getAsLong();
        if (left > 0) {
            ended = false;
        } else if (!away.getAsBoolean()) {
            if (!ended) board.get().stopped(clock.getAsLong());
            ended = true;
            guests.stopAll(); // at each look, for a start may have been under way
        }
        long millis = left <= 0 ? LOOK_MILLIS : Math.min(left / 1_000_000 + 1, LOOK_MILLIS_MAX);
        timeline.after(millis, this::look);
    }
}
