package regie.continuity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A server that is heard and sick, as the ledger has it.
 *
 * @param ailment what was wrong last, and since when anything is
 * @param closed when it was cordoned, to be drained
 * @param maintenance by which it is drained
 * @param wellSince since when nothing is wrong any more
 */
record Degraded(
        long number,
        UUID server,
        String name,
        String site,
        Ailment ailment,
        Optional<Instant> closed,
        Optional<String> maintenance,
        Optional<Instant> wellSince) {
    enum Outcome {
        /** It is well again, and given machines if it was before. */
        WELL,
        /** It is well too often: it is quarantined. */
        FLAPPING,
        /** Somebody else has decided what becomes of it. */
        OVERRULED,
        /** It is declared no more. */
        GONE
    }
}
