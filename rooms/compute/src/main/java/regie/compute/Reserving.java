package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Key;
import regie.placement.Guest;

/**
 * What is to be kept free, whoever declared it, and what there is of it.
 *
 * @param until when it ends; never where empty
 * @param count how many places
 * @param pattern what placement knows of each of them, but for its id
 * @param places those that there are
 */
record Reserving(
        UUID uid,
        Key key,
        boolean deleting,
        Optional<Instant> until,
        int count,
        KeptFor keptFor,
        Guest pattern,
        List<ReservedPlace> places) {

    /** Its places go: those that are free are given back, and those that are used don't return to it. */
    boolean ended(Instant now) {
        return deleting || until.filter(end -> !now.isBefore(end)).isPresent();
    }

    Guest guest(UUID place) {
        return new Guest(place, pattern.project(), pattern.group(), pattern.shape(), pattern.rules());
    }

    /** Whether a free place is still as it is wanted. */
    boolean fits(ReservedPlace place) {
        return place.keptFor().equals(keptFor)
                && place.seat().orElseThrow().guest().equals(guest(place.place()));
    }
}
