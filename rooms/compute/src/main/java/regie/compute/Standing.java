package regie.compute;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.identity.ProjectSpec;
import regie.identity.Projects;
import regie.kernel.Check;
import regie.kernel.Declared;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;
import regie.placement.Guest;
import regie.placement.Inventory;
import regie.placement.Survival;

/**
 * Who stands where at one moment, for questions: a copy that belongs to who asks, and that may be filled and emptied at will.
 *
 * @param inventory all hosts, with the machines on them
 * @param hosts uid of each host by its name
 * @param machines those that have a place, by uid; in order of project and name
 * @param guests what placement knows of each of them
 * @param addresses how many each site, by name, still has to give
 */
record Standing(
        Inventory inventory,
        Map<String, UUID> hosts,
        Map<UUID, Declared<InstanceSpec, InstanceStatus>> machines,
        Map<UUID, Guest> guests,
        Map<String, Integer> addresses) {

    static Standing read(Tx tx, Resources resources) {
        var inventory = new Inventory();
        var hosts = new HashMap<String, UUID>();
        for (var host : Ledger.hosts(tx)) {
            inventory.put(host.room());
            hosts.put(host.name(), host.server());
        }
        var machines = new LinkedHashMap<UUID, Declared<InstanceSpec, InstanceStatus>>();
        for (var instance : resources.list(tx, Compute.INSTANCE, Selection.ALL))
            if (instance.status().host().isPresent() && !instance.deleting()) machines.put(instance.uid(), instance);
        var places = Ledger.allocations(tx, machines.keySet());
        machines.keySet().retainAll(places.keySet());
        var projects = resources.list(tx, Projects.KIND, Selection.ALL).stream()
                .collect(Collectors.toMap(Declared::name, Declared::spec));
        var guests = new HashMap<UUID, Guest>();
        for (var machine : machines.values()) {
            var place = Check.present(places.get(machine.uid()));
            var project = Optional.ofNullable(projects.get(machine.project())).flatMap(ProjectSpec::placement);
            guests.put(machine.uid(), guest(machine, place.told().guest(), project));
            inventory.seat(Check.present(guests.get(machine.uid())), place.held());
        }
        var addresses = new HashMap<>(new Connections(resources).free(tx));
        return new Standing(inventory, hosts, machines, guests, addresses);
    }

    /** With the shape that its host was told of, and the rules as they are declared now. */
    private static Guest guest(
            Declared<InstanceSpec, InstanceStatus> machine, Guest told, Optional<ProjectSpec.Placement> project) {
        var rules = PlacementRules.rules(machine.spec(), project);
        return new Guest(
                machine.uid(), machine.project(), machine.spec().group().orElse(""), told.shape(), rules);
    }

    /** Proves what machines were promised to survive; what is held back for it stands in the inventory from then on. */
    Survival survival() {
        return new Survival(inventory);
    }
}
