package regie.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.estate.ServerSpec;

/**
 * All that a plan goes by, of one moment.
 *
 * @param hosts all that ever attended, by name
 * @param open servers that are taken for degraded
 * @param relapses how often each was closed and well again of late
 * @param draining names of maintenance of this room's that has not ended
 * @param storms sites in which many are missing at once; the empty name is that of the estate
 */
record DegradedLook(
        Instant now,
        List<Host> hosts,
        List<Degraded> open,
        Map<UUID, Integer> relapses,
        Set<String> draining,
        Set<String> storms,
        DegradedSettings settings) {
    DegradedLook {
        hosts = List.copyOf(hosts);
        open = List.copyOf(open);
        relapses = Map.copyOf(relapses);
        draining = Set.copyOf(draining);
        storms = Set.copyOf(storms);
    }

    /**
     * @param state what is declared of it
     * @param heard only of such a host it is known whether anything is wrong with it
     */
    record Host(
            UUID server, String name, String site, ServerSpec.State state, boolean heard, Optional<Ailment> ailment) {}
}
