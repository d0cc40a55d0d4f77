package regie.rest;

import java.util.Optional;

/**
 * A query parameter that a route takes.
 *
 * @param deprecation that it will go
 */
record Parameter(String name, String about, Optional<Deprecation> deprecation) {
    Parameter(String name, String about) {
        this(name, about, Optional.empty());
    }

    Parameter deprecated(Deprecation going) {
        return new Parameter(name, about, Optional.of(going));
    }
}
