package regie.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.compute.Watched;

/**
 * All that a plan goes by, of one moment.
 *
 * @param hosts all that ever attended, by name
 * @param suspicions of those that are missed
 * @param late servers that may be missed soon: their beats are overdue
 * @param verdicts those that are open
 * @param switches servers whose power can be switched from afar
 * @param leased servers that hold leases
 * @param ranOut how it is proven that the lease of a condemned server has run out, in words
 * @param condemned servers whose verdict has ended, and that may have no lease yet
 * @param storms those that are not over
 * @param deaths those that lie back so little that they count as missing at once, but for what came before a storm that is over
 */
public record Look(
        Instant now,
        List<Watched> hosts,
        Map<UUID, Suspicion> suspicions,
        Set<UUID> late,
        List<Verdict> verdicts,
        Set<UUID> switches,
        Set<UUID> leased,
        Map<UUID, String> ranOut,
        Set<UUID> condemned,
        List<Storm> storms,
        List<Buried> deaths,
        VerdictSettings settings) {

    /** @param own whether the room declared it, and may say that it is over */
    public record Storm(String name, StormSpec spec, boolean own) {}

    public record Buried(UUID server, String site) {}

    Optional<Suspicion> suspicion(UUID server) {
        return Optional.ofNullable(suspicions.get(server));
    }
}
