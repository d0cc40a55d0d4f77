package regie.continuity;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.compute.Watched;
import regie.kernel.Tx;

/** Where hosts don't watch each other. */
final class RoomAlone implements Evidence {
    private static final Set<Suspicion.Path> ROOM = Set.of(Suspicion.Path.ROOM);

    @Override
    public Map<UUID, Suspicion> suspicions(List<Watched> hosts) {
        var missed = new HashMap<UUID, Suspicion>();
        for (var host : hosts)
            if (!host.heard() && !host.dead())
                missed.put(host.server(), new Suspicion(host.since(), ROOM, ROOM, Duration.ZERO));
        return missed;
    }

    @Override
    public Set<String> late() {
        return Set.of();
    }

    @Override
    public Set<UUID> leased(List<UUID> servers) {
        return Set.of();
    }

    @Override
    public void condemned(Tx tx, Map<UUID, Long> condemned) {
        // there is nobody who would grant anything
    }

    @Override
    public Optional<String> ranOut(UUID server, long verdict) {
        return Optional.empty();
    }
}
