package regie.compute;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import regie.kernel.Tx;
import regie.placement.Gap;
import regie.placement.Survival;

/**
 * What stands, in memory, once for all in this server of the room: whoever plans has it to himself, one at a time, and questions get
 * a copy to do with as they like. So that what a question foresees is what placement holds room for.
 */
public final class Picture {
    private final Occupancy occupancy = new Occupancy();
    private final ReentrantLock alone = new ReentrantLock();

    /** Whether the ledger has changed since, or there is something to tell. */
    boolean isBehind(Tx tx) {
        return alone(its -> its.isBehind(tx) || !its.untold().isEmpty());
    }

    /** Nobody else looks meanwhile, so {@code work} has to be short. */
    <R> R alone(Function<Occupancy, R> work) {
        alone.lock();
        try {
            return work.apply(occupancy);
        } finally {
            alone.unlock();
        }
    }

    /** @param reserved those of the guests that nobody is yet: free places of reservations */
    record Copy(Survival survival, Set<UUID> reserved) {}

    /** As it is in {@code tx}, which sees one moment; or later, where somebody has looked since. */
    Copy copy(Tx tx) {
        return alone(its -> {
            if (its.isBehind(tx)) its.catchUp(tx);
            return new Copy(its.survival().copy(), its.reserved());
        });
    }

    /** What is in the ledger now of those whose guarantee was lost. */
    void told(Map<UUID, List<Gap>> gaps) {
        alone(its -> {
            its.told(gaps);
            return Set.of();
        });
    }
}
