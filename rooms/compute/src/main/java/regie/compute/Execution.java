package regie.compute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Draft;
import regie.kernel.Resources;
import regie.kernel.Tx;

/** Writes a plan down, all of it in one transaction. The hosts are told afterwards, by {@link Wishes}, from what is written here. */
final class Execution {
    private final Tx tx;
    private final Resources resources;
    private final Connections connections;
    private final Look look;
    private final MoveExecution moves;
    private final Chance chance;
    private final Map<UUID, Host> placed = new HashMap<>();
    private final Map<UUID, Guests.Connection> connected = new HashMap<>();
    private final Map<UUID, Long> epochs = new HashMap<>();

    Execution(Tx tx, Resources resources, Connections connections, Look look, Instant now, Chance chance) {
        this.tx = tx;
        this.chance = chance;
        this.resources = resources;
        this.connections = connections;
        this.look = look;
        this.moves = new MoveExecution(tx, look, now);
    }

    void carryOut(Plan plan) {
        Ledger.lockHosts(tx, hosts(plan));
        enlist(only(plan, Step.Enlist.class));
        reboot(only(plan, Step.Reboot.class));
        for (var step : only(plan, Step.Hook.class)) look.hooked(step);
        retire(only(plan, Step.Retire.class));
        place(only(plan, Step.Place.class));
        recover(only(plan, Step.Recover.class));
        change(plan);
        Ledger.leave(
                tx,
                only(plan, Step.Leave.class).stream().map(Step.Leave::instance).toList());
        moves.carryOut(only(plan, Step.Move.class));
        show(plan);
        finish(only(plan, Step.Finish.class).stream().map(Step.Finish::instance).toList());
        var disbanded =
                only(plan, Step.Disband.class).stream().map(Step.Disband::fleet).toList();
        MetricLedger.forget(tx, disbanded);
        connections.release(tx, SeatLedger.end(tx, disbanded));
        resources.finish(tx, Compute.FLEET, disbanded);
    }

    /** The servers whose row this plan will change. */
    private Set<UUID> hosts(Plan plan) {
        var servers = new HashSet<UUID>();
        for (var step : plan.steps()) {
            switch (step) {
                case Step.Place place -> servers.add(place.server());
                case Step.Recover recover -> {
                    servers.add(server(recover.instance()));
                    servers.add(recover.server());
                }
                case Step.Restart restart -> servers.add(server(restart.instance()));
                case Step.Retell retell -> servers.add(server(retell.instance()));
                case Step.Shrink shrink -> servers.add(server(shrink.instance()));
                case Step.Reseat reseat -> servers.add(server(reseat.instance()));
                case Step.Leave leave -> servers.add(server(leave.instance()));
                case Step.Finish finish ->
                    look.machine(finish.instance()).allocation().ifPresent(place -> servers.add(place.server()));
                case Step.Move move -> {
                    servers.add(server(move.instance()));
                    look.machine(move.instance()).migration().ifPresent(way -> servers.add(way.server()));
                    if (move instanceof Step.Migrate migrate) servers.add(migrate.server());
                }
                case Step.Enlist _, Step.Hook _, Step.Reboot _, Step.Retire _, Step.Disband _ -> {}
            }
        }
        return servers;
    }

    private UUID server(UUID instance) {
        return look.machine(instance).allocation().orElseThrow().server();
    }

    private void enlist(List<Step.Enlist> steps) {
        resources.create(
                tx,
                Compute.INSTANCE,
                steps.stream()
                        .map(step -> new Draft<>(
                                step.instance(),
                                step.key(),
                                Optional.of(step.fleet()),
                                look.labels(step.fleet()),
                                step.spec()))
                        .toList());
        for (var step : steps) look.enlisted(step);
    }

    private void reboot(List<Step.Reboot> steps) {
        resources.replace(
                tx,
                Compute.INSTANCE,
                steps.stream()
                        .map(step -> look.declared(step.instance()))
                        .map(now -> new Resources.Replacement<>(
                                now,
                                now.labels(),
                                look.machine(now.uid()).rebooted().spec()))
                        .toList());
        HealthLedger.forget(tx, steps.stream().map(Step.Reboot::instance).toList());
        for (var step : steps) look.rebooted(step);
    }

    private void retire(List<Step.Retire> steps) {
        resources.delete(
                tx, Compute.INSTANCE, steps.stream().map(Step.Retire::instance).toList());
    }

    private void place(List<Step.Place> steps) {
        Ledger.allocate(tx, allocations(steps));
    }

    /** Who stays at its site keeps its address. */
    private void recover(List<Step.Recover> steps) {
        connections.release(
                tx,
                steps.stream()
                        .filter(step -> !look.host(server(step.instance()))
                                .site()
                                .equals(look.host(step.server()).site()))
                        .map(Step.Recover::instance)
                        .toList());
        Ledger.recover(tx, allocations(steps));
    }

    /** With addresses of the sites that they come to, and the reserved places that they take over. */
    private List<Ledger.NewAllocation> allocations(List<? extends Step.Seating> steps) {
        var bySite = new LinkedHashMap<String, List<UUID>>();
        for (var step : steps) {
            var host = look.host(step.server());
            placed.put(step.instance(), host);
            epochs.put(step.instance(), step.epoch());
            bySite.computeIfAbsent(host.site(), _ -> new ArrayList<>()).add(step.instance());
        }
        inherit(bySite);
        bySite.forEach((site, instances) -> connected.putAll(connections.take(tx, site, instances)));
        ReservationLedger.takeOver(
                tx,
                steps.stream()
                        .flatMap(step -> step.takenOver().stream()
                                .map(place -> new ReservationLedger.TakenOver(place, step.instance())))
                        .toList());
        return steps.stream()
                .map(step -> allocation(step.instance(), step.epoch(), step.seat()))
                .toList();
    }

    /** Members of stateful fleets get the address that was kept for them. */
    private void inherit(Map<String, List<UUID>> bySite) {
        var heirs = new HashMap<UUID, UUID>();
        bySite.forEach((site, instances) -> {
            for (var instance : instances)
                look.seat(look.machine(instance))
                        .filter(seat -> seat.site().equals(site))
                        .ifPresent(seat -> heirs.put(seat.uid(), instance));
        });
        connections.handOver(tx, heirs);
    }

    /** The addresses of members that go, where the fleet keeps them for those that come. */
    private void bequeath(List<UUID> instances) {
        var machines = instances.stream().map(look::machine).toList();
        var owners = machines.stream()
                .flatMap(machine -> machine.fleet().stream())
                .distinct()
                .toList();
        var keeping = resources.byUid(tx, Compute.FLEET, owners).stream()
                .filter(fleet -> !fleet.deleting()
                        && fleet.spec()
                                .stateful()
                                .filter(StatefulSpec::keepsAddress)
                                .isPresent())
                .map(fleet -> fleet.uid())
                .collect(Collectors.toSet());
        var heirs = new HashMap<UUID, UUID>();
        for (var machine : machines) {
            var fleet = machine.fleet().filter(keeping::contains);
            var site = machine.status().site();
            if (fleet.isEmpty() || site.isEmpty() || machine.status().address().isEmpty()) continue;
            var seat = SeatLedger.keep(
                    tx, chance.uuid(), fleet.get(), machine.key().name(), site.get());
            heirs.put(machine.uid(), seat);
        }
        connections.handOver(tx, heirs);
    }

    private Ledger.NewAllocation allocation(UUID instance, long epoch, Seated seat) {
        var machine = look.machine(instance);
        var guest = Guests.write(
                instance,
                machine.key().name(),
                epoch,
                machine.spec(),
                Layouts.claim(seat),
                look.layout(seat),
                look.content(instance),
                Check.present(connected.get(instance)));
        return new Ledger.NewAllocation(seat, guest);
    }

    private void change(Plan plan) {
        var changed = new ArrayList<Ledger.ChangedAllocation>();
        for (var step : plan.steps()) {
            switch (step) {
                case Step.Restart restart -> changed.add(restarted(restart));
                case Step.Retell retell -> changed.add(retold(retell));
                case Step.Shrink shrink -> changed.add(shrunk(shrink));
                case Step.Reseat reseat -> changed.add(reseated(reseat));
                case Step.Enlist _,
                        Step.Hook _,
                        Step.Reboot _,
                        Step.Retire _,
                        Step.Place _,
                        Step.Recover _,
                        Step.Leave _,
                        Step.Finish _,
                        Step.Disband _,
                        Step.Move _ -> {}
            }
        }
        Ledger.change(tx, changed);
    }

    private Ledger.ChangedAllocation restarted(Step.Restart step) {
        var machine = look.machine(step.instance());
        epochs.put(step.instance(), step.epoch());
        var guest = Guests.restarted(
                machine.allocation().orElseThrow().guest(),
                machine.spec(),
                step.epoch(),
                Layouts.claim(step.seat()),
                look.layout(step.seat()),
                step.builds(),
                look.content(step.instance()));
        return new Ledger.ChangedAllocation(step.seat(), step.held(), guest);
    }

    private Ledger.ChangedAllocation retold(Step.Retell step) {
        var machine = look.machine(step.instance());
        var allocation = machine.allocation().orElseThrow();
        var guest = Guests.retold(allocation.guest(), machine.spec(), step.builds(), look.content(step.instance()));
        return new Ledger.ChangedAllocation(allocation.told(), allocation.held(), guest);
    }

    private Ledger.ChangedAllocation reseated(Step.Reseat step) {
        var allocation = look.machine(step.instance()).allocation().orElseThrow();
        return new Ledger.ChangedAllocation(step.seat(), allocation.held(), allocation.guest());
    }

    private Ledger.ChangedAllocation shrunk(Step.Shrink step) {
        var allocation = look.machine(step.instance()).allocation().orElseThrow();
        return new Ledger.ChangedAllocation(allocation.told(), step.held(), allocation.guest());
    }

    private void show(Plan plan) {
        var statuses = new LinkedHashMap<UUID, InstanceStatus>();
        var steps = only(plan, Step.Move.class).stream()
                .collect(Collectors.toMap(Step.Move::instance, Function.identity()));
        plan.views()
                .forEach((uid, view) ->
                        statuses.put(uid, status(look.machine(uid), view, Optional.ofNullable(steps.get(uid)))));
        resources.report(tx, Compute.INSTANCE, statuses);
        resources.report(tx, Compute.FLEET, plan.fleets());
    }

    private InstanceStatus status(Machine machine, Plan.View view, Optional<Step.Move> step) {
        var was = machine.status();
        var host = Optional.ofNullable(placed.get(machine.uid())).or(() -> moves.arrived(machine.uid()));
        var connection = Optional.ofNullable(connected.get(machine.uid()));
        return new InstanceStatus(
                view.stage(),
                view.since(),
                host.map(Host::name).or(was::host),
                host.map(Host::site).or(was::site),
                connection.map(Guests.Connection::plainAddress).or(was::address),
                step.filter(Step.HandOver.class::isInstance)
                        .flatMap(_ -> machine.migration())
                        .map(way -> way.guest().epoch())
                        .orElseGet(() -> epochs.getOrDefault(machine.uid(), was.epoch())),
                view.failures(),
                view.holds(),
                moves.shown(machine, step),
                view.lastMigration(),
                view.moveRequests(),
                was.hook());
    }

    /** What was taken over from a reservation goes back to it. */
    private void finish(List<UUID> instances) {
        if (instances.isEmpty()) return;
        var returning = ReservationLedger.returning(tx, instances, chance::uuid);
        ReservationLedger.wakeUsed(tx, instances);
        Ledger.free(tx, instances);
        ReservationLedger.add(tx, returning);
        bequeath(instances);
        connections.release(tx, instances);
        resources.finish(tx, Compute.INSTANCE, instances);
    }

    private static <T extends Step> List<T> only(Plan plan, Class<T> type) {
        return plan.steps().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
