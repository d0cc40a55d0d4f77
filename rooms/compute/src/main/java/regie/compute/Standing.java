package regie.compute;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Check;
import regie.kernel.Declared;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Survival;

/**
 * Who stands where at one moment, for questions: a copy that belongs to who asks, and that may be filled and emptied at will.
 *
 * @param survival all hosts with all that is on them, and where those are to return to who were promised to
 * @param reserved places that are kept free: guests that nobody is yet
 * @param machines those that have a place and keep it, by uid; in order of project and name
 * @param hosts the server that each of them was on, whatever has been done with the copy since
 * @param addresses how many each site, by name, still has to give
 */
record Standing(
        Survival survival,
        Set<UUID> reserved,
        Map<UUID, Declared<InstanceSpec, InstanceStatus>> machines,
        Map<UUID, Host> hosts,
        Map<String, Integer> addresses) {

    /** @param tx of one moment */
    static Standing read(Tx tx, Resources resources, Picture picture) {
        var copy = picture.copy(tx);
        var machines = new LinkedHashMap<UUID, Declared<InstanceSpec, InstanceStatus>>();
        var hosts = new HashMap<UUID, Host>();
        for (var instance : resources.list(tx, Compute.INSTANCE, Selection.ALL)) {
            if (instance.deleting()) continue;
            copy.survival().inventory().hostOf(instance.uid()).ifPresent(host -> {
                machines.put(instance.uid(), instance);
                hosts.put(instance.uid(), host);
            });
        }
        return new Standing(copy.survival(), copy.reserved(), machines, hosts, new Connections(resources).free(tx));
    }

    Inventory inventory() {
        return survival.inventory();
    }

    /** What placement knows of a machine that still has its place. */
    Guest guest(UUID machine) {
        return inventory().guest(machine).orElseThrow();
    }

    Host host(UUID machine) {
        return Check.present(hosts.get(machine));
    }
}
