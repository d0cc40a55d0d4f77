package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import regie.agent.contract.Vitals;

/**
 * What is wrong with a host that is heard.
 *
 * @param code such as {@code disk-hangs}
 * @param detail in words that stay the same for as long as it lasts
 */
record Ailment(String code, String detail, Instant since) {
    /** An agent looks at its engine every ten seconds, and longer after a failure. */
    static final Duration LOOKS_MAX = Duration.ofSeconds(30);

    /** What a host says of itself, if anything is wrong with it; {@code before} keeps its beginning where it is still the same. */
    static Optional<Ailment> of(Vitals vitals, Instant now, Optional<Ailment> before) {
        var found = now(vitals, now);
        return found.map(
                it -> before.filter(was -> was.code().equals(it.code())).orElse(it));
    }

    private static Optional<Ailment> now(Vitals vitals, Instant now) {
        if (!vitals.diskFault().isEmpty())
            return Optional.of(new Ailment("disk-fails", "its disk says: " + vitals.diskFault(), now));
        if (vitals.diskMillis() > 0)
            return Optional.of(new Ailment(
                    "disk-hangs", "a write to its disk does not end", now.minusMillis(vitals.diskMillis())));
        if (vitals.lookedMillis() >= LOOKS_MAX.toMillis())
            return Optional.of(new Ailment(
                    "nothing-new",
                    "its agent beats and can't say what runs there",
                    now.minusMillis(vitals.lookedMillis())));
        return Optional.empty();
    }
}
