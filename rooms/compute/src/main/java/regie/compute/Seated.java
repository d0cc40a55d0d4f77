package regie.compute;

import regie.placement.Guest;
import regie.placement.Place;

/**
 * A guest and the place that its host was told of: what placement has to know of it, so that it is kept with the place itself.
 *
 * @param place while it is resized, what it will have; its claims then are the larger of this and what it had
 */
record Seated(Guest guest, Place place) {}
