package regie.compute;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import regie.kernel.Tx;
import regie.placement.Guest;
import regie.placement.Realm;
import regie.placement.Rebalance;
import regie.placement.Survival;

/**
 * Plans moves of running machines, on a copy of what stands. Whatever moves are for, lists that are proposed and servers that are
 * emptied, they are planned here.
 */
final class MovePlans {
    private MovePlans() {}

    /** @param survival of all that stands; belongs to the plan from here on */
    static Rebalance of(Tx tx, Survival survival, Predicate<Guest> movable, int movesMax) {
        Map<UUID, Host> hosts = Ledger.hosts(tx).stream().collect(Collectors.toMap(Host::server, host -> host));
        return new Rebalance(survival, movable, realm(hosts), movesMax);
    }

    /**
     * A running machine goes with its address, which belongs to its site, and only between hosts whose agents reach each other. Others
     * are by themselves.
     */
    private static Realm realm(Map<UUID, Host> hosts) {
        return host -> Optional.ofNullable(hosts.get(host.id()))
                .filter(Host::movesGuests)
                .map(Host::site)
                .orElse(host.id().toString());
    }
}
