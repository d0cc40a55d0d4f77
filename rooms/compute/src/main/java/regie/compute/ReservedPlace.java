package regie.compute;

import java.util.Optional;
import java.util.UUID;

/**
 * One place of a reservation, as the ledger has it: free with a seat, or used by a machine.
 *
 * @param place what stands for it where a guest would stand
 * @param seat empty where it is used
 */
record ReservedPlace(UUID place, KeptFor keptFor, Optional<Seated> seat) {
    boolean free() {
        return seat.isPresent();
    }

    /** Where it is free. */
    UUID server() {
        return seat.orElseThrow().place().host();
    }
}
