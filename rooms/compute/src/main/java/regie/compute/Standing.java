package regie.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.identity.ProjectSpec;
import regie.identity.Projects;
import regie.kernel.Declared;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Status;
import regie.kernel.Tx;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Placer;
import regie.placement.Rules;

/**
 * Who stands where at one moment, for questions: a copy that belongs to who asks, and that may be filled and emptied at will.
 *
 * @param inventory all hosts, and of the machines those that have their room on one
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
        var locations = Locations.read(tx, resources);
        for (var server : resources.list(tx, Servers.KIND, Selection.ALL)) {
            if (server.spec().hypervisor() == ServerSpec.Hypervisor.NONE || server.deleting()) continue;
            inventory.put(host(server, locations));
            hosts.put(server.name(), server.uid());
        }
        var machines = machines(tx, resources);
        var guests = guests(tx, resources, machines);
        seat(inventory, hosts, machines, guests);
        var addresses = new HashMap<>(new Connections(resources).free(tx));
        return new Standing(inventory, hosts, machines, guests, addresses);
    }

    private static Host host(Declared<ServerSpec, ServerStatus> server, Locations locations) {
        var spec = server.spec();
        boolean open =
                spec.state() == ServerSpec.State.SCHEDULABLE && server.status().presence() == ServerStatus.Presence.UP;
        return new Host(
                server.uid(),
                server.name(),
                locations.of(spec),
                server.labels(),
                open,
                spec.dedicatedTo(),
                spec.overcommit().isPresent(),
                ServerRooms.of(spec));
    }

    private static Map<UUID, Declared<InstanceSpec, InstanceStatus>> machines(Tx tx, Resources resources) {
        var machines = new java.util.LinkedHashMap<UUID, Declared<InstanceSpec, InstanceStatus>>();
        for (var instance : resources.list(tx, Compute.INSTANCE, Selection.ALL))
            if (instance.status().host().isPresent() && !instance.deleting()) machines.put(instance.uid(), instance);
        return machines;
    }

    private static Map<UUID, Guest> guests(
            Tx tx, Resources resources, Map<UUID, Declared<InstanceSpec, InstanceStatus>> machines) {
        var flavors = resources.list(tx, Compute.FLAVOR, Selection.ALL).stream()
                .collect(Collectors.toMap(Declared::name, Declared::spec));
        var projects = resources.list(tx, Projects.KIND, Selection.ALL).stream()
                .collect(Collectors.toMap(Declared::name, Declared<ProjectSpec, Status.None>::spec));
        var guests = new HashMap<UUID, Guest>();
        machines.forEach((uid, machine) -> {
            var spec = machine.spec();
            var project = Optional.ofNullable(projects.get(machine.project())).flatMap(ProjectSpec::placement);
            var flavor = flavors.get(spec.flavor());
            if (flavor == null) return; // the reference is kept by the database; a race may still show none
            var shape = PlacementRules.shape(flavor);
            var rules = PlacementRules.rules(spec, project);
            guests.put(uid, new Guest(uid, machine.project(), spec.group().orElse(""), shape, rules));
        });
        return guests;
    }

    /** Where exactly on its host each has its room is of no weight to the questions, so each host is filled anew. */
    private static void seat(
            Inventory inventory,
            Map<String, UUID> hosts,
            Map<UUID, Declared<InstanceSpec, InstanceStatus>> machines,
            Map<UUID, Guest> guests) {
        var byHost = new TreeMap<String, List<Guest>>(machines.values().stream()
                .filter(machine -> guests.containsKey(machine.uid()))
                .collect(Collectors.groupingBy(
                        machine -> machine.status().host().orElseThrow(),
                        Collectors.mapping(machine -> guests.get(machine.uid()), Collectors.toList()))));
        byHost.forEach((name, on) -> Optional.ofNullable(hosts.get(name))
                .flatMap(inventory::host)
                .ifPresent(host -> fill(inventory, host, on)));
    }

    private static void fill(Inventory inventory, Host host, List<Guest> guests) {
        var alone = new Inventory();
        alone.put(host.opened(true));
        for (var guest : guests) {
            var bare = new Guest(guest.id(), guest.project(), "", guest.shape(), Rules.NONE);
            new Placer(alone).choose(bare).place().ifPresent(place -> {
                alone.seat(bare, place);
                inventory.seat(guest, place);
            });
        }
    }
}
