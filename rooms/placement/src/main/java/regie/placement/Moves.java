package regie.placement;

import java.util.List;

/**
 * What {@link Rebalance} proposes.
 *
 * @param moves in the order in which they are to be made; none where nothing helps
 * @param before the measure of the goal as it is
 * @param after the measure after the last move
 */
public record Moves(List<Move> moves, double before, double after) {
    public Moves {
        moves = List.copyOf(moves);
    }
}
