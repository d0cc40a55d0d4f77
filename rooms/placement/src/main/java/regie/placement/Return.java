package regie.placement;

import java.util.UUID;

/**
 * A guest that comes back after a loss.
 *
 * @param foreseen whether its room was held there; the others come where room is left
 */
public record Return(UUID guest, Place place, boolean foreseen) {}
