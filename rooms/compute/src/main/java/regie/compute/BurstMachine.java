package regie.compute;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A machine in a public cloud, as the room has written it down.
 *
 * @param uid what the cloud knows the request by
 * @param price ten-thousandths of a euro in an hour
 * @param since when it came to its state, by the database's clock
 * @param machine the cloud's name for it
 * @param detail what is in the way; empty where nothing is
 */
record BurstMachine(
        UUID uid,
        UUID fleet,
        String cloud,
        Cloud.Request request,
        long price,
        BurstState state,
        Instant since,
        Optional<String> machine,
        boolean running,
        Optional<String> address,
        String detail) {
    boolean living() {
        return state != BurstState.ENDING;
    }
}
