package regie.placement;

import java.util.function.Predicate;

/**
 * Proposes moves of guests that bring a {@link Goal} nearer. Each move is legal by itself where those before it are done: it fits
 * into what is free and not held, and breaks no required rule, of the guest or of others. Nothing is ever over any room.
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
        return switch (goal) {
            case Goal.MakeRoom room -> {
                var work = new MakeRoom(trial, room.shape());
                long before = work.measure();
                work.run();
                yield new Moves(trial.moves(), before, work.measure());
            }
            case Goal.EmptyHosts _ -> {
                var work = new EmptyHosts(trial);
                long before = work.measure();
                work.run();
                yield new Moves(trial.moves(), before, work.measure());
            }
            case Goal.EvenLoad _ -> {
                var work = new EvenLoad(trial);
                double before = work.measure();
                work.run();
                yield new Moves(trial.moves(), before, work.measure());
            }
            case Goal.Evacuate away -> {
                var work = new EmptyHosts(trial);
                long before = work.guestsOn(away.hosts());
                work.run(away.hosts());
                yield new Moves(trial.moves(), before, work.guestsOn(away.hosts()));
            }
        };
    }
}
