package regie.placement;

import java.util.Optional;

/**
 * What became of looking for better moves.
 *
 * @param moves the better ones
 * @param better whether they are others than the heuristic found
 * @param unavailable why nobody looked, in words
 */
public record Improved(Moves moves, boolean better, Optional<String> unavailable) {}
