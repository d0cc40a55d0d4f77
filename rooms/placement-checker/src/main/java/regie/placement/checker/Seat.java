package regie.placement.checker;

import regie.placement.Guest;
import regie.placement.Place;

/** A guest and what it has. */
public record Seat(Guest guest, Place place) {}
