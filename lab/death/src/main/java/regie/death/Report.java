package regie.death;

import java.util.List;
import java.util.Map;
import regie.agent.lease.Refused;
import regie.agent.lease.Suspicion;

/**
 * From an agent to the room: all that it has to say, each time.
 *
 * @param sequence counts within the incarnation; an overtaken report is passed over
 * @param machines by uid, the epochs of what runs; this may be a lie
 * @param terms the newest that it has taken
 * @param ears whom it hears and whom it misses
 */
record Report(
        String host,
        long incarnation,
        long sequence,
        long generation,
        Map<String, Long> machines,
        long terms,
        long refusals,
        List<Refused> promises,
        Map<String, Suspicion.Ear> ears) {}
