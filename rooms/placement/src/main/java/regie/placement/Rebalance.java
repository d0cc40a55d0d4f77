package regie.placement;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Proposes moves of guests that bring a {@link Goal} nearer. Each move is legal by itself where those before it are done: it fits
 * into what is free and not held, breaks no required rule, of the guest or of others, and keeps every promise about failures that
 * was kept before it. Nothing is ever over any room.
 *
 * <p>Guests with GPUs or virtual functions stay, for what hangs on a host can't be moved while the guest runs.
 *
 * <p>Pure: what it is given is not changed, and the same gives the same moves.
 */
public final class Rebalance {
    private final Supplier<Trial> trials;

    /**
     * @param movable who may be moved at all
     * @param movesMax a plan has no more moves
     */
    public Rebalance(Inventory inventory, Predicate<Guest> movable, int movesMax) {
        this(() -> Trial.of(inventory, movable, _ -> "", movesMax), movesMax);
    }

    /** As the other, where it is known already what is held back for whom, and not every host can be reached from every other. */
    public Rebalance(Survival survival, Predicate<Guest> movable, Realm realm, int movesMax) {
        this(() -> Trial.of(survival, movable, realm, movesMax), movesMax);
    }

    private Rebalance(Supplier<Trial> trials, int movesMax) {
        Wrong.unless(movesMax >= 0, "movesMax", movesMax, "0 or more");
        this.trials = trials;
    }

    public Moves plan(Goal goal) {
        return played(goal, heuristic(goal));
    }

    /**
     * As {@link #plan(Goal)}, and then looks for better: nearer to the goal, or by fewer moves. What the solver finds is only taken
     * as far as it can be done step by step, and if that is better than what the heuristic has found.
     *
     * @param limit how long the solver may look
     */
    public Improved plan(Goal goal, Solver solver, Duration limit) {
        var known = plan(goal);
        var trial = trials.get();
        var exchange = GoalProgram.of(goal, trial, known.moves());
        if (exchange.isEmpty())
            return new Improved(known, false, Optional.of("there is no program for it, or it would be too large"));
        return switch (solver.solve(exchange.get().program(), limit)) {
            case Solver.Answer.Unavailable(var why) -> new Improved(known, false, Optional.of(why));
            case Solver.Answer.Nothing _ -> new Improved(known, false, Optional.empty());
            case Solver.Answer.Found found -> {
                Stepwise.run(trial, exchange.get(), found.values());
                var other = played(goal, trial.moves());
                boolean better = better(goal, other, known);
                yield new Improved(better ? other : known, better, Optional.empty());
            }
        };
    }

    private static boolean better(Goal goal, Moves other, Moves known) {
        if (other.after() == known.after())
            return other.moves().size() < known.moves().size();
        return goal.nearer(other.after(), known.after());
    }

    private List<Move> heuristic(Goal goal) {
        var trial = trials.get();
        Draft.of(goal, trial).run();
        return trial.moves();
    }

    /** The moves once more on another copy, up to the first that is not legal there: what is proposed was seen to work in its order. */
    private Moves played(Goal goal, List<Move> moves) {
        var trial = trials.get();
        var work = Draft.of(goal, trial);
        double before = work.measure();
        for (var move : moves) if (!trial.moveIfLegal(move.guest(), move.to())) break;
        double after = work.measure();
        return goal.nearer(after, before)
                ? new Moves(trial.moves(), before, after)
                : new Moves(List.of(), before, before);
    }
}
