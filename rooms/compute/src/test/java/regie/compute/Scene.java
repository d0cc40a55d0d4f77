package regie.compute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.agent.contract.Claim;
import regie.kernel.Check;
import regie.kernel.Key;
import regie.placement.Cpu;
import regie.placement.Location;
import regie.placement.Place;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;

/** A census written by hand; things are called by their names, and plans are told as text. */
final class Scene {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FRESH = 1_000;

    final List<Host> hosts = new ArrayList<>();
    final List<MachineDraft> machines = new ArrayList<>();
    final List<FleetDraft> fleets = new ArrayList<>();
    final Map<String, Integer> addresses = new HashMap<>();
    /** Of each host, what its machines leave. */
    final Map<UUID, Claim> free = new HashMap<>();

    private final Map<String, Map<UUID, Integer>> crowds = new HashMap<>();
    private final Map<UUID, String> names = new HashMap<>();
    private long uids;

    record FleetDraft(
            UUID uid,
            String name,
            FleetSpec spec,
            Claim shape,
            boolean deleting,
            FleetStatus status,
            List<MachineDraft> members,
            Set<Key> taken) {
        private Rules rules() {
            return PlacementRules.rules(spec.member(name), Optional.empty());
        }

        Census.FleetSeen seen() {
            return new Census.FleetSeen(
                    uid,
                    Compute.FLEET.key("shop", name),
                    spec,
                    deleting,
                    new Machine.Shape(size(shape), rules(), List.of()),
                    status,
                    members.stream().map(MachineDraft::machine).toList(),
                    taken);
        }
    }

    UUID uid(String name) {
        var uid = new UUID(0x7000L, ++uids);
        names.put(uid, name);
        return uid;
    }

    String name(UUID uid) {
        return names.getOrDefault(uid, uid.toString());
    }

    void call(UUID uid, String name) {
        names.putIfAbsent(uid, name);
    }

    /** A host that is up: {@code par1-a-h01} stands at site par1 in rack a. */
    Scene host(String name, int vcpus, long memoryMiB, long diskGiB) {
        return host(name, true, Host.Presence.UP, new Claim(vcpus, memoryMiB, diskGiB));
    }

    Scene host(String name, boolean open, Host.Presence presence, Claim free) {
        var parts = name.split("-", 3);
        var room = new regie.placement.Host(
                uid(name),
                name,
                Location.at(parts[0]).inRack(parts[0] + "-" + parts[1]),
                Map.of(),
                open,
                Optional.empty(),
                false,
                rooms(free));
        hosts.add(new Host(room, presence));
        this.free.put(room.id(), free);
        addresses.putIfAbsent(parts[0], 100);
        return this;
    }

    /** One NUMA node, one pool of disks. */
    private static List<Room> rooms(Claim free) {
        return List.of(
                new Room(Slot.threads(0), free.vcpus()),
                new Room(Slot.memory(0), free.memoryMiB()),
                new Room(Slot.disk("md0"), free.diskGiB()));
    }

    /** All of {@code claim} on a host with one NUMA node and one pool. */
    static Place place(UUID host, Claim claim) {
        return Places.place(host, rooms(claim).stream().collect(Collectors.toMap(Room::slot, Room::total)));
    }

    static Shape size(Claim claim) {
        return new Shape(
                claim.vcpus(), claim.memoryMiB(), 0, 0, claim.diskGiB(), "", List.of(), false, 0, 0, Cpu.SHARED);
    }

    boolean isDead(UUID server) {
        return hosts.stream().anyMatch(host -> host.server().equals(server) && host.dead());
    }

    UUID host(String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow()
                .server();
    }

    Scene addresses(String site, int free) {
        addresses.put(site, free);
        return this;
    }

    Scene crowd(String group, String host, int members) {
        crowds.computeIfAbsent("shop/" + group, _ -> new HashMap<>()).put(host(host), members);
        return this;
    }

    MachineDraft machine(String name) {
        var draft = new MachineDraft(uid(name), name);
        machines.add(draft);
        return draft;
    }

    FleetDraft fleet(String name, int count) {
        return fleet(name, count, Optional.empty(), FleetStatus.FRESH, false, Set.of());
    }

    FleetDraft fleet(
            String name,
            int count,
            Optional<AntiAffinity> apart,
            FleetStatus status,
            boolean deleting,
            Set<String> taken) {
        var template = new InstanceTemplate("flavor", "micro", Optional.empty(), Optional.empty(), Optional.empty());
        var keys =
                taken.stream().map(each -> Compute.INSTANCE.key("shop", each)).collect(Collectors.toSet());
        var draft = new FleetDraft(
                uid(name),
                name,
                Specs.fleet(count, template, apart),
                MachineDraft.SMALL,
                deleting,
                status,
                new ArrayList<>(),
                keys);
        fleets.add(draft);
        return draft;
    }

    FleetDraft fleet(String name, FleetSpec spec) {
        var draft = new FleetDraft(
                uid(name), name, spec, MachineDraft.SMALL, false, FleetStatus.FRESH, new ArrayList<>(), Set.of());
        fleets.add(draft);
        return draft;
    }

    /** A member that is not woken itself. */
    MachineDraft member(FleetDraft fleet, String name) {
        var draft = new MachineDraft(uid(name), name).of(fleet.uid(), fleet.name());
        fleet.members().add(draft);
        return draft;
    }

    Census census() {
        var fresh = Stream.iterate(1L, at -> at + 1)
                .limit(FRESH)
                .map(at -> new UUID(0x7FFFL, at))
                .toList();
        return new Census(
                NOW,
                occupancy(hosts, machines),
                addresses,
                fleets.stream().map(FleetDraft::seen).toList(),
                machines.stream().map(MachineDraft::machine).toList(),
                Map.of(),
                fresh);
    }

    /** What a host has in all is what is free beside what its machines hold, and those of the crowds. */
    private Occupancy occupancy(List<Host> inOrder, List<MachineDraft> drafts) {
        var everybody = new java.util.LinkedHashSet<>(drafts);
        for (var fleet : fleets) everybody.addAll(fleet.members());
        var seats = new ArrayList<Occupancy.Seat>();
        everybody.forEach(draft -> draft.seat().ifPresent(seats::add));
        crowds.forEach((group, byServer) -> byServer.forEach((server, members) -> {
            for (int at = 0; at < members; at++) seats.add(extra(group, server, at));
        }));
        var whole = new ArrayList<Host>();
        for (var host : inOrder) whole.add(whole(host, seats));
        return Occupancy.of(whole, seats);
    }

    private static Occupancy.Seat extra(String group, UUID server, int at) {
        var claim = new Claim(1, 1, 0);
        var uid = UUID.nameUUIDFromBytes((group + server + at).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var name = group.substring("shop/".length());
        return new Occupancy.Seat(
                new regie.placement.Guest(uid, "shop", name, size(claim), Rules.NONE), place(server, claim));
    }

    private Host whole(Host host, List<Occupancy.Seat> seats) {
        var amounts = new HashMap<regie.placement.Slot, Long>();
        for (var room : rooms(Check.present(free.get(host.server()))))
            amounts.merge(room.slot(), room.total(), Long::sum);
        for (var seat : seats) {
            if (!seat.held().host().equals(host.server())) continue;
            for (var take : seat.held().takes()) amounts.merge(take.slot(), take.amount(), Long::sum);
        }
        var room = host.room();
        var rooms = amounts.entrySet().stream()
                .map(amount -> new Room(amount.getKey(), amount.getValue()))
                .sorted(java.util.Comparator.comparing(each -> each.slot().toString()))
                .toList();
        return new Host(
                new regie.placement.Host(
                        room.id(),
                        room.name(),
                        room.location(),
                        room.labels(),
                        room.open(),
                        room.project(),
                        room.overcommitted(),
                        rooms),
                host.presence());
    }

    /** The same with each list, and each fleet's list of members, in another order. */
    Census shuffled(Random random) {
        var census = census();
        var occupancy = occupancy(shuffled(hosts, random), shuffled(machines, random));
        var fleets = census.fleets().stream()
                .map(fleet -> new Census.FleetSeen(
                        fleet.uid(),
                        fleet.key(),
                        fleet.spec(),
                        fleet.deleting(),
                        fleet.shape(),
                        fleet.status(),
                        shuffled(fleet.members(), random),
                        fleet.taken(),
                        fleet.good(),
                        fleet.health(),
                        fleet.samples(),
                        fleet.kept(),
                        fleet.away(),
                        fleet.before()))
                .toList();
        return new Census(
                census.now(),
                occupancy,
                census.addresses(),
                shuffled(fleets, random),
                shuffled(census.machines(), random),
                census.quotas(),
                census.fresh());
    }

    private static <T> List<T> shuffled(List<T> all, Random random) {
        var other = new ArrayList<>(all);
        Collections.shuffle(other, random);
        return other;
    }

    Plan plan() {
        return ComputePlanner.plan(census());
    }

    /** The plan as text: a line for each step, then one for each hold. */
    String told() {
        var plan = plan();
        var lines = new ArrayList<String>();
        for (var step : plan.steps()) lines.add(told(step));
        plan.fleets()
                .forEach((uid, status) -> status.holds()
                        .forEach(hold -> lines.add("! %s %s: %s".formatted(name(uid), hold.code(), hold.detail()))));
        plan.views()
                .forEach((uid, view) -> view.holds()
                        .forEach(hold -> lines.add("! %s %s: %s".formatted(name(uid), hold.code(), hold.detail()))));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private String told(Step step) {
        return switch (step) {
            case Step.Enlist enlist -> {
                call(enlist.instance(), enlist.key().name());
                yield "+ enlist %s".formatted(enlist.key().name());
            }
            case Step.Hook hook ->
                "~ hook %s %s %s"
                        .formatted(
                                name(hook.instance()),
                                regie.kernel.Json.name(hook.status().point()),
                                regie.kernel.Json.name(hook.status().state()));
            case Step.Reboot reboot -> "~ reboot %s".formatted(name(reboot.instance()));
            case Step.Retire retire -> "- retire %s: %s".formatted(name(retire.instance()), retire.why());
            case Step.Place place ->
                "+ place %s on %s (%s)"
                        .formatted(
                                name(place.instance()),
                                name(place.server()),
                                Places.inAll(place.seat().place()));
            case Step.Recover recover ->
                "~ recover %s on %s as epoch %d (%s)"
                        .formatted(
                                name(recover.instance()),
                                name(recover.server()),
                                recover.epoch(),
                                Places.inAll(recover.seat().place()));
            case Step.Restart restart ->
                "~ restart %s as epoch %d (%s) holding (%s)%s"
                        .formatted(
                                name(restart.instance()),
                                restart.epoch(),
                                Places.inAll(restart.seat().place()),
                                Places.inAll(restart.held()),
                                restart.builds() == 0 ? "" : " build " + restart.builds());
            case Step.Retell retell ->
                "~ retell %s%s"
                        .formatted(name(retell.instance()), retell.builds() == 0 ? "" : " build " + retell.builds());
            case Step.Shrink shrink ->
                "~ shrink %s to (%s)".formatted(name(shrink.instance()), Places.inAll(shrink.held()));
            case Step.Reseat reseat -> "~ reseat %s".formatted(name(reseat.instance()));
            case Step.Leave leave -> "- leave %s".formatted(name(leave.instance()));
            case Step.Finish finish -> "- finish %s".formatted(name(finish.instance()));
            case Step.Migrate migrate ->
                "~ migrate %s to %s (%s)"
                        .formatted(
                                name(migrate.instance()),
                                name(migrate.server()),
                                Places.inAll(migrate.seat().place()));
            case Step.Depart depart -> "~ depart %s".formatted(name(depart.instance()));
            case Step.Stay stay -> "~ stay %s: %s".formatted(name(stay.instance()), stay.why());
            case Step.HandOver over -> "~ hand over %s".formatted(name(over.instance()));
            case Step.Clear clear -> "~ clear %s: %s".formatted(name(clear.instance()), clear.why());
            case Step.TurnDown down -> "! turn down %s: %s".formatted(name(down.instance()), down.why());
            case Step.EndMove end -> "~ end move of %s".formatted(name(end.instance()));
            case Step.Disband disband -> "- disband %s".formatted(name(disband.fleet()));
        };
    }

    /** What the plan shows of one machine. */
    Plan.View view(String machine) {
        var uid = machines.stream()
                .filter(draft -> draft.name.equals(machine))
                .findFirst()
                .orElseThrow()
                .uid;
        return Check.present(plan().views().get(uid));
    }

    Map<String, Map<UUID, Integer>> crowds() {
        return crowds;
    }
}
