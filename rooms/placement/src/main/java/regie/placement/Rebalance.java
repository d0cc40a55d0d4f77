package regie.placement;

import java.util.List;
import java.util.function.Predicate;

/**
 * Proposes moves of guests that bring a {@link Goal} nearer. Each move is legal by itself where those before it are done: it fits
 * into what is free and not held, breaks no required rule, of the guest or of others, and keeps every promise about failures that
 * was kept before it. Nothing is ever over any room.
 *
 * <p>Guests with GPUs or virtual functions stay, for what hangs on a host can't be moved while the guest runs.
 *
 * <p>Pure: the inventory is not changed, and the same one gives the same moves.
 */
public final class Rebalance {
    private final Inventory inventory;
    private final Predicate<Guest> movable;
    private final int movesMax;

    /**
     * @param movable who may be moved at all
     * @param movesMax a plan has no more moves
     */
    public Rebalance(Inventory inventory, Predicate<Guest> movable, int movesMax) {
        Wrong.unless(movesMax >= 0, "movesMax", movesMax, "0 or more");
        this.inventory = inventory;
        this.movable = movable;
        this.movesMax = movesMax;
    }

    public Moves plan(Goal goal) {
        var trial = new Trial(inventory, movable, movesMax);
        Draft.of(goal, trial).run();
        return played(goal, trial.moves());
    }

    /** The moves once more on another copy, up to the first that is not legal there: what is proposed was seen to work in its order. */
    private Moves played(Goal goal, List<Move> moves) {
        var trial = new Trial(inventory, movable, movesMax);
        var work = Draft.of(goal, trial);
        double before = work.measure();
        for (var move : moves) if (!trial.moveIfLegal(move.guest(), move.to())) break;
        double after = work.measure();
        return work.better(after, before)
                ? new Moves(trial.moves(), before, after)
                : new Moves(List.of(), before, before);
    }
}
