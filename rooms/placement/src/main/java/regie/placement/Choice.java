package regie.placement;

import java.util.Optional;

/**
 * What came of looking for a host.
 *
 * @param place where and with which slots; empty where no host may take the guest
 * @param why what took every host out; {@link Why#FOUND} where there is a place
 */
public record Choice(Optional<Place> place, Why why) {
    static Choice of(Place place) {
        return new Choice(Optional.of(place), Why.FOUND);
    }

    static Choice none(Why why) {
        return new Choice(Optional.empty(), why);
    }
}
