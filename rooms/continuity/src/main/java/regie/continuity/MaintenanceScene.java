package regie.continuity;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import regie.compute.Evacuation.Foreseen;

/**
 * What is seen when a maintenance is planned.
 *
 * @param hosts its servers, in the order of their turns
 * @param others servers that are out for other maintenances
 * @param silent names of servers near those in question whose silence nobody has explained yet: until it is known what becomes of
 *     their machines, nobody is taken out
 * @param foresight what would come of emptying and closing servers, all at once
 */
record MaintenanceScene(
        Instant now, List<MaintenanceHost> hosts, Set<UUID> others, List<String> silent, Foresight foresight) {
    MaintenanceScene {
        hosts = List.copyOf(hosts);
        others = Set.copyOf(others);
        silent = List.copyOf(silent);
    }

    /** Pure for as long as one plan is made. */
    interface Foresight {
        Foreseen without(Set<UUID> servers);
    }

    /** Those that are out, here or for others. */
    Set<UUID> out() {
        var out = new HashSet<>(others);
        for (var host : hosts) if (host.stage().out()) out.add(host.server());
        return out;
    }
}
