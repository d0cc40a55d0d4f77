package regie.compute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.agent.contract.Layout;
import regie.identity.ProjectSpec;
import regie.identity.Projects;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Declared;
import regie.kernel.Hold;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Resources;
import regie.kernel.Spec;
import regie.kernel.Status;
import regie.kernel.Tx;

/** Reads, in a fixed number of statements, all that a plan for some fleets and instances needs, and keeps what carrying it out needs. */
final class Look {
    private final Tx tx;
    private final Resources resources;
    private final List<Declared<FleetSpec, FleetStatus>> fleets;
    private final Map<UUID, Declared<InstanceSpec, InstanceStatus>> instances = new HashMap<>();
    private final Map<UUID, List<UUID>> members = new HashMap<>();
    private final Set<UUID> wokenInstances;
    private final Map<Key, Declared<FlavorSpec, Status.None>> flavors;
    private final Map<Key, Declared<ImageSpec, ImageStatus>> images;
    private final Map<Key, Declared<KeypairSpec, Status.None>> keypairs;
    private final Map<Key, Declared<ProjectSpec, Status.None>> projects;
    private final Map<Key, RestartStatus> restarts;
    private final Map<UUID, Map<UUID, HealthLedger.Seen>> health;
    private final Map<UUID, Map<String, SeatLedger.Seat>> seats;
    private final Map<UUID, List<BurstMachine>> away;
    private final Map<UUID, Hold> awayHolds;
    private final Map<UUID, List<MetricSample>> samples = new HashMap<>();
    private final Map<UUID, Machine> machines = new HashMap<>();
    private final Occupancy occupancy;
    private final Map<UUID, Host> hosts;

    Look(
            Tx tx,
            Resources resources,
            Occupancy occupancy,
            Collection<UUID> wokenFleets,
            Collection<UUID> wokenInstances) {
        this.occupancy = occupancy;
        hosts = occupancy.byServer();
        this.tx = tx;
        this.resources = resources;
        this.wokenInstances = Set.copyOf(wokenInstances);
        fleets = resources.byUid(tx, Compute.FLEET, wokenFleets);
        for (var instance : resources.byUid(tx, Compute.INSTANCE, wokenInstances))
            instances.put(instance.uid(), instance);
        for (var member : resources.ownedBy(tx, Compute.INSTANCE, wokenFleets)) {
            instances.put(member.uid(), member);
            members.computeIfAbsent(member.owner().orElseThrow(), _ -> new ArrayList<>())
                    .add(member.uid());
        }
        flavors = named(Compute.FLAVOR, InstanceSpec::flavor, InstanceTemplate::flavor);
        images = named(Compute.IMAGE, InstanceSpec::image, InstanceTemplate::image);
        keypairs = keypairs();
        restarts = restarts();
        health = HealthLedger.of(
                tx,
                fleets.stream()
                        .filter(fleet -> fleet.spec().health().isPresent())
                        .map(Declared::uid)
                        .toList());
        projects = projects();
        var uids = fleets.stream().map(Declared::uid).toList();
        away = BurstLedger.of(tx, uids);
        awayHolds = BurstLedger.holds(tx, uids);
        seats = SeatLedger.of(
                tx,
                instances.values().stream()
                        .flatMap(instance -> instance.owner().stream())
                        .collect(Collectors.toCollection(() -> fleets.stream()
                                .map(Declared::uid)
                                .collect(Collectors.toCollection(LinkedHashSet::new)))));
    }

    /** What is kept for a member of its name. */
    Optional<SeatLedger.Seat> seat(Machine member) {
        return member.fleet()
                .flatMap(fleet -> Optional.ofNullable(seats.get(fleet)))
                .flatMap(kept -> Optional.ofNullable(kept.get(member.key().name())));
    }

    /** Who has no place yet gets one where what is kept for it is. */
    private Machine bound(Machine machine) {
        return machine.allocation().isPresent()
                ? machine
                : seat(machine).map(seat -> machine.at(seat.site())).orElse(machine);
    }

    Census census(Instant now, Chance chance, Connections connections) {
        samples.putAll(MetricLedger.of(tx, followed(), now));
        var allocations = Ledger.allocations(tx, instances.keySet());
        var placed = allocations.keySet();
        var seen = Ledger.seen(tx, placed);
        var ways = MoveLedger.of(tx, placed);
        var wanted = MoveLists.going(tx, placed);
        for (var instance : instances.values()) {
            machines.put(
                    instance.uid(),
                    bound(new Machine(
                            instance.uid(),
                            instance.key(),
                            instance.owner(),
                            instance.spec(),
                            instance.deleting(),
                            shape(instance.project(), instance.spec()),
                            Optional.ofNullable(allocations.get(instance.uid())),
                            Optional.ofNullable(seen.get(instance.uid())),
                            instance.status(),
                            Optional.ofNullable(ways.get(instance.uid())),
                            Optional.ofNullable(wanted.get(instance.uid())))));
        }
        return new Census(
                now,
                occupancy,
                connections.free(tx),
                fleets.stream().map(this::fleet).toList(),
                wokenInstances.stream()
                        .filter(machines::containsKey)
                        .map(machines::get)
                        .toList(),
                quotas(),
                fresh(chance));
    }

    private Map<String, Map<Quota, Allowance.Use>> quotas() {
        var declared = projects.values().stream()
                .collect(Collectors.toMap(Declared::name, project -> Quota.bounds(project.spec())));
        return QuotaLedger.follow(tx, declared);
    }

    Machine machine(UUID uid) {
        return Check.present(machines.get(uid));
    }

    /** As it was read. */
    Declared<InstanceSpec, InstanceStatus> declared(UUID instance) {
        return Check.present(instances.get(instance));
    }

    Host host(UUID server) {
        return Check.present(hosts.get(server));
    }

    /** What its host is told of the place. */
    Layout layout(Seated seat) {
        return Layouts.layout(seat, host(seat.place().host()).devices());
    }

    Map<String, String> labels(UUID fleet) {
        return fleets.stream()
                .filter(each -> each.uid().equals(fleet))
                .findFirst()
                .orElseThrow()
                .labels();
    }

    /** A new member, as it stands once it is enlisted. */
    void enlisted(Step.Enlist step) {
        machines.put(
                step.instance(),
                new Machine(
                        step.instance(),
                        step.key(),
                        Optional.of(step.fleet()),
                        step.spec(),
                        false,
                        shape(step.key().project(), step.spec()),
                        Optional.empty(),
                        Optional.empty(),
                        InstanceStatus.FRESH.hooked(step.hook())));
    }

    /** A member, as it stands with a hook of its fleet. */
    void hooked(Step.Hook step) {
        machines.put(step.instance(), machine(step.instance()).hooked(step.status()));
    }

    /** A member, as it stands once it is told to reboot. */
    void rebooted(Step.Reboot step) {
        machines.put(step.instance(), machine(step.instance()).rebooted());
    }

    Guests.Content content(UUID instance) {
        var machine = machine(instance);
        var image =
                Check.present(images.get(Compute.IMAGE.key("", machine.spec().image())));
        var publicKey = machine.spec()
                .keypair()
                .map(name -> Check.present(
                                keypairs.get(Compute.KEYPAIR.key(machine.key().project(), name)))
                        .spec()
                        .publicKey());
        return new Guests.Content(image.status().artifacts(), image.spec().kernelArguments(), publicKey);
    }

    private Census.FleetSeen fleet(Declared<FleetSpec, FleetStatus> fleet) {
        return new Census.FleetSeen(
                fleet.uid(),
                fleet.key(),
                fleet.spec(),
                fleet.deleting(),
                shape(fleet.project(), fleet.spec().member(fleet.name())),
                fleet.status(),
                members(fleet.uid()),
                taken(fleet),
                good(fleet),
                fleet.spec().health().isPresent()
                        ? Health.of(health.getOrDefault(fleet.uid(), Map.of()))
                        : Health.UNASKED,
                samples.getOrDefault(fleet.uid(), List.of()),
                seats.getOrDefault(fleet.uid(), Map.of()).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().site())),
                new Census.Away(
                        away.getOrDefault(fleet.uid(), List.of()), Optional.ofNullable(awayHolds.get(fleet.uid()))),
                awaited(fleet).flatMap(key -> Optional.ofNullable(restarts.get(key))));
    }

    private Map<UUID, MetricSpec> followed() {
        var followed = new HashMap<UUID, MetricSpec>();
        for (var fleet : fleets)
            fleet.spec().size().flatMap(SizeSpec::metric).ifPresent(metric -> followed.put(fleet.uid(), metric));
        return followed;
    }

    /** What the template to go back to comes to, where all that it needs is still there. */
    private Optional<Machine.Shape> good(Declared<FleetSpec, FleetStatus> fleet) {
        return fleet.status()
                .fallback()
                .filter(template -> flavors.containsKey(Compute.FLAVOR.key("", template.flavor()))
                        && images.containsKey(Compute.IMAGE.key("", template.image()))
                        && template.keypair()
                                .map(name -> keypairs.containsKey(Compute.KEYPAIR.key(fleet.project(), name)))
                                .orElse(true))
                .map(template -> shape(fleet.project(), fleet.spec().member(template, fleet.name())));
    }

    private static Optional<Key> awaited(Declared<FleetSpec, FleetStatus> fleet) {
        return fleet.spec()
                .restart()
                .flatMap(RestartRequest::after)
                .or(() -> fleet.status().restart().flatMap(RestartStatus::after))
                .map(name -> Compute.FLEET.key(fleet.project(), name));
    }

    /** The last restart of each fleet that another one waits for. */
    private Map<Key, RestartStatus> restarts() {
        var awaited = fleets.stream()
                .flatMap(fleet -> awaited(fleet).stream())
                .distinct()
                .toList();
        var found = new HashMap<Key, RestartStatus>();
        for (var fleet : resources.named(tx, Compute.FLEET, awaited))
            fleet.status().restart().ifPresent(restart -> found.put(fleet.key(), restart));
        return found;
    }

    private List<Machine> members(UUID fleet) {
        return members.getOrDefault(fleet, List.of()).stream()
                .map(machines::get)
                .map(Check::present)
                .toList();
    }

    /** Whoever declares an instance under the name of a member to come must not stop the fleet, nor all the others. */
    private Set<Key> taken(Declared<FleetSpec, FleetStatus> fleet) {
        int cap = fleet.spec().cap();
        if (fleet.deleting() || members(fleet.uid()).size() >= cap || isSettled(fleet)) return Set.of();
        long first = fleet.spec().stateful().isPresent() ? 1 : fleet.status().nextOrdinal();
        var names = FleetPlanner.names(fleet.key(), first, cap);
        return resources.named(tx, Compute.INSTANCE, names).stream()
                .map(Declared::key)
                .collect(Collectors.toSet());
    }

    /** Whether it has what it wants, and all of that serves: then no plan makes members. */
    private boolean isSettled(Declared<FleetSpec, FleetStatus> fleet) {
        long present =
                members(fleet.uid()).stream().filter(FleetPlanner::present).count();
        return fleet.spec().size().isEmpty()
                && present >= fleet.spec().count()
                && health.getOrDefault(fleet.uid(), Map.of()).values().stream().noneMatch(HealthLedger.Seen::ill)
                && members(fleet.uid()).stream().noneMatch(this::isDoubted)
                && fleet.status()
                        .revision()
                        .filter(revision -> revision.rollout().isEmpty()
                                && revision.template().equals(fleet.spec().template()))
                        .isPresent();
    }

    private boolean isDoubted(Machine member) {
        return member.allocation()
                .flatMap(place -> Optional.ofNullable(hosts.get(place.server())))
                .filter(host -> host.presence() == Host.Presence.DOUBTED)
                .isPresent();
    }

    private Machine.Shape shape(String project, InstanceSpec spec) {
        var flavorName = spec.flavor();
        var imageName = spec.image();
        var flavor =
                Check.present(flavors.get(Compute.FLAVOR.key("", flavorName))).spec();
        var image = Check.present(images.get(Compute.IMAGE.key("", imageName)));
        var obstacles = new ArrayList<Hold>();
        if (!image.status().serves(image.spec().boot())) obstacles.add(Holds.imageEmpty(imageName));
        if (flavor.memoryMiB() < image.spec().memoryMiBMin()) {
            obstacles.add(Holds.flavorTooSmall(imageName, image.spec().memoryMiBMin() + " MiB of memory"));
        }
        long diskGiBMin = Math.max(image.spec().diskGiBMin(), image.status().diskGiB());
        if (flavor.diskGiB() < diskGiBMin) {
            obstacles.add(Holds.flavorTooSmall(imageName, diskGiBMin + " GiB of disk"));
        }
        var defaults = Optional.ofNullable(projects.get(Projects.KIND.key("", project)))
                .flatMap(declared -> declared.spec().placement());
        return new Machine.Shape(PlacementRules.shape(flavor), PlacementRules.rules(spec, defaults), obstacles);
    }

    private List<UUID> fresh(Chance chance) {
        int missing = 0;
        for (var fleet : fleets) missing += fleet.spec().cap();
        var fresh = new ArrayList<UUID>();
        while (fresh.size() < Math.min(missing, Plan.ENLISTED_MAX)) fresh.add(chance.uuid());
        return fresh;
    }

    private <S extends Spec, T extends Status> Map<Key, Declared<S, T>> named(
            Kind<S, T> kind,
            java.util.function.Function<InstanceSpec, String> ofInstance,
            java.util.function.Function<InstanceTemplate, String> ofTemplate) {
        var keys = new LinkedHashSet<Key>();
        for (var instance : instances.values()) keys.add(kind.key("", ofInstance.apply(instance.spec())));
        for (var fleet : fleets)
            templates(fleet).forEach(template -> keys.add(kind.key("", ofTemplate.apply(template))));
        return byKey(resources.named(tx, kind, keys));
    }

    /** All that new members may be made from. */
    private static Stream<InstanceTemplate> templates(Declared<FleetSpec, FleetStatus> fleet) {
        return Stream.concat(Stream.of(fleet.spec().template()), fleet.status().fallback().stream());
    }

    private Map<Key, Declared<ProjectSpec, Status.None>> projects() {
        var keys = new LinkedHashSet<Key>();
        for (var instance : instances.values()) keys.add(Projects.KIND.key("", instance.project()));
        for (var fleet : fleets) keys.add(Projects.KIND.key("", fleet.project()));
        return byKey(resources.named(tx, Projects.KIND, keys));
    }

    private Map<Key, Declared<KeypairSpec, Status.None>> keypairs() {
        var keys = new LinkedHashSet<Key>();
        for (var instance : instances.values()) {
            instance.spec().keypair().ifPresent(name -> keys.add(Compute.KEYPAIR.key(instance.project(), name)));
        }
        for (var fleet : fleets) {
            templates(fleet)
                    .flatMap(template -> template.keypair().stream())
                    .forEach(name -> keys.add(Compute.KEYPAIR.key(fleet.project(), name)));
        }
        return byKey(resources.named(tx, Compute.KEYPAIR, keys));
    }

    private static <S extends Spec, T extends Status> Map<Key, Declared<S, T>> byKey(List<Declared<S, T>> all) {
        return all.stream().collect(Collectors.toMap(Declared::key, each -> each));
    }
}
