package regie.placement;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for a better plan than the fast one, for as long as it is given. */
public interface Improver {
    /**
     * @param inventory as it is before the first move; not changed
     * @param known what has been found by other means
     * @param movable guests that may be moved at all
     * @param movesMax no plan has more moves
     * @param time after which it gives up
     * @return a plan that is better than {@code known} and legal move by move; empty where none was found in time
     */
    Optional<Moves> improve(
            Inventory inventory, Goal goal, Moves known, Predicate<Guest> movable, int movesMax, Duration time);
}
