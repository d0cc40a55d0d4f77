package regie.continuity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a server that is missed, as the ledger has it.
 *
 * @param suspected since when it is missed
 * @param condemned from when on nobody grants it a lease, and its power may be cut
 * @param asked when its controller was last asked; the answer may still be to come
 * @param toldOff when its controller was last told to cut the power
 * @param offs how often it was told so
 */
public record Verdict(
        long number,
        UUID server,
        String name,
        String site,
        Instant suspected,
        Optional<Instant> condemned,
        Optional<Instant> asked,
        Optional<Answer> answer,
        Optional<Instant> toldOff,
        int offs) {
    public enum Said {
        ON,
        OFF,
        /** It can't be asked, or talks nonsense. */
        FAULT
    }

    /** @param asked when the question was put: what it says was so then or later */
    public record Answer(Said said, Instant asked, String fault) {}

    /** Whether it waits for an answer, for no longer than a switch may take. */
    boolean waits(Instant now) {
        boolean open = asked.isPresent()
                && answer.filter(it -> !it.asked().isBefore(asked.get())).isEmpty();
        return open && now.isBefore(asked.get().plusSeconds(PowerSwitch.SECONDS_MAX + 5));
    }
}
