package regie.continuity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.compute.Compute;
import regie.compute.Evacuation;
import regie.compute.HostGuests;
import regie.compute.InstanceStatus;
import regie.compute.Picture;
import regie.continuity.MaintenanceReboot.Way;
import regie.continuity.MaintenanceStatus.Outcome;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.kernel.Clock;
import regie.kernel.Declared;
import regie.kernel.Hold;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;

/** One look at one maintenance: what is seen, the plan of it, and what that writes. */
final class MaintenancePass {
    /** Holds of a server that say it had better not be given machines. */
    private static final Set<String> TROUBLE =
            Set.of("wish-refused", "offers-less", "quarantined", "dead", "claimed-beyond");

    private static final Set<ServerStatus.Presence> SILENT =
            Set.of(ServerStatus.Presence.SILENT, ServerStatus.Presence.SUSPECT);

    private final Tx tx;
    private final Resources resources;
    private final Picture picture;
    private final Declared<MaintenanceSpec, MaintenanceStatus> maintenance;
    private final Instant now;
    private final List<RebootDesk.Word> words = new ArrayList<>();
    private final long since;
    private Map<UUID, Declared<ServerSpec, ServerStatus>> servers = Map.of();
    private Map<UUID, Integer> strays = Map.of();
    private Map<String, VitalsLedger.Known> vitals = Map.of();

    MaintenancePass(
            Tx tx,
            Resources resources,
            Picture picture,
            Declared<MaintenanceSpec, MaintenanceStatus> maintenance,
            Clock clock) {
        this.tx = tx;
        this.resources = resources;
        this.picture = picture;
        this.maintenance = maintenance;
        this.now = clock.now();
        this.since = clock.nanos();
    }

    MaintenancePlan run() {
        enlist();
        var hosts = hosts();
        follow(hosts);
        var scene = new MaintenanceScene(
                now, hosts, MaintenanceLedger.outForOthers(tx, uid()), silentNear(hosts), foresight());
        var plan = MaintenancePlanner.plan(maintenance.spec(), maintenance.deleting(), scene);
        plan.steps().forEach(this::carryOut);
        var holds = new ArrayList<>(plan.holds());
        if (hosts.isEmpty()) holds.add(MaintenanceHolds.nothingThere(maintenance.spec()));
        return new MaintenancePlan(plan.steps(), holds);
    }

    /** What controllers are to be told once all this is written down. */
    List<RebootDesk.Word> words() {
        return words;
    }

    boolean nothingOut() {
        return MaintenanceLedger.hosts(tx, uid()).stream()
                .noneMatch(host -> host.stage().out());
    }

    private UUID uid() {
        return maintenance.uid();
    }

    /** Whoever came into the scope meanwhile is worked on too; whoever left it is not, unless it is out already. */
    private void enlist() {
        if (maintenance.deleting() || maintenance.spec().cancelled()) return;
        var feedsOut = MaintenanceLoop.feedsOut(tx, resources, Optional.of(uid()));
        var scoped = MaintenanceScopes.read(tx, resources, maintenance.spec().scope(), feedsOut)
                .servers();
        MaintenanceLedger.enlist(tx, uid(), scoped, now);
        var there = scoped.stream().map(Declared::uid).collect(Collectors.toSet());
        MaintenanceLedger.strike(
                tx,
                uid(),
                MaintenanceLedger.hosts(tx, uid()).stream()
                        .filter(host -> host.stage() == MaintenanceStage.PENDING && !there.contains(host.server()))
                        .map(MaintenanceLedger.Entry::server)
                        .toList());
    }

    private List<MaintenanceHost> hosts() {
        var entries = MaintenanceLedger.hosts(tx, uid());
        var uids = entries.stream().map(MaintenanceLedger.Entry::server).toList();
        servers = resources.byUid(tx, Servers.KIND, uids).stream()
                .collect(Collectors.toMap(Declared::uid, server -> server));
        MaintenanceLedger.strike(
                tx,
                uid(),
                uids.stream().filter(server -> !servers.containsKey(server)).toList());
        var out = entries.stream()
                .filter(entry -> entry.stage().out())
                .map(MaintenanceLedger.Entry::server)
                .toList();
        var machines = HostGuests.on(tx, resources, out);
        strays = HostGuests.strays(tx, out);
        vitals = VitalsLedger.of(
                tx, entries.stream().map(MaintenanceLedger.Entry::name).toList());
        return entries.stream()
                .filter(entry -> servers.containsKey(entry.server()))
                .map(entry -> host(entry, server(entry.server()), machines.getOrDefault(entry.server(), List.of())))
                .toList();
    }

    private MaintenanceHost host(
            MaintenanceLedger.Entry entry,
            Declared<ServerSpec, ServerStatus> server,
            List<HostGuests.Standing> machines) {
        return new MaintenanceHost(
                entry.server(),
                entry.name(),
                entry.rack(),
                entry.site(),
                entry.stage(),
                entry.since(),
                entry.before(),
                entry.retries(),
                entry.looked(),
                entry.note(),
                server.spec().hypervisor() != ServerSpec.Hypervisor.NONE,
                server.spec().state(),
                server.status().presence(),
                machines,
                trouble(server),
                reboot(entry, server.spec()));
    }

    private List<String> trouble(Declared<ServerSpec, ServerStatus> server) {
        var trouble = new ArrayList<>(server.status().holds().stream()
                .filter(hold -> TROUBLE.contains(hold.code()))
                .map(Hold::detail)
                .toList());
        Optional.ofNullable(strays.get(server.uid()))
                .ifPresent(many -> trouble.add("%d guests run there that have no place there".formatted(many)));
        return trouble;
    }

    private MaintenanceReboot reboot(MaintenanceLedger.Entry entry, ServerSpec spec) {
        var known = Optional.ofNullable(vitals.get(entry.name())).orElse(VitalsLedger.Known.NOTHING);
        var way = spec.bmc().isPresent() ? Way.CONTROLLER : known.rebootable() ? Way.AGENT : Way.NONE;
        var told = entry.told();
        return new MaintenanceReboot(way, known.boot(), told.before(), told.at(), told.tells(), told.fault());
    }

    private Declared<ServerSpec, ServerStatus> server(UUID uid) {
        return Optional.ofNullable(servers.get(uid)).orElseThrow();
    }

    /** Servers of the same sites that are to be given machines, are not heard, and are not out on purpose. */
    private List<String> silentNear(List<MaintenanceHost> hosts) {
        var sites = hosts.stream().map(MaintenanceHost::site).collect(Collectors.toSet());
        var atWork = MaintenanceLedger.atWork(tx);
        return resources.list(tx, Servers.KIND, Selection.ALL).stream()
                .filter(server -> sites.contains(server.spec().site()))
                .filter(server -> server.spec().state() == ServerSpec.State.SCHEDULABLE)
                .filter(server -> SILENT.contains(server.status().presence()))
                .filter(server -> !atWork.contains(server.uid()))
                .map(Declared::name)
                .toList();
    }

    /** Read when it is first asked for, and then only once: most looks ask for nothing. */
    private MaintenanceScene.Foresight foresight() {
        var read = new ArrayList<Evacuation>();
        return without -> {
            if (read.isEmpty()) read.add(Evacuation.read(tx, resources, picture));
            return read.getFirst().foresee(without);
        };
    }

    /** Writes down who has to leave, and how those did that had to. */
    private void follow(List<MaintenanceHost> hosts) {
        for (var host : hosts) {
            if (host.stage() == MaintenanceStage.DRAINING)
                MaintenanceLedger.leaving(
                        tx,
                        uid(),
                        host,
                        host.machines().stream()
                                .filter(HostGuests.Standing::runs)
                                .toList(),
                        now);
        }
        var open = MaintenanceLedger.open(tx, uid()).stream()
                .filter(machine -> machine.outcome() == Outcome.LEAVING)
                .toList();
        if (open.isEmpty()) return;
        // Until its former server has said that nothing of it is there, it is not told how the move went.
        var there = hosts.stream()
                .flatMap(host -> host.machines().stream())
                .map(HostGuests.Standing::instance)
                .collect(Collectors.toSet());
        var instances = new HashMap<UUID, InstanceStatus>();
        for (var instance : resources.byUid(
                tx,
                Compute.INSTANCE,
                new HashSet<>(
                        open.stream().map(MaintenanceLedger.Leaving::instance).toList())))
            instances.put(instance.uid(), instance.status());
        for (var machine : open) {
            var status = Optional.ofNullable(instances.get(machine.instance()));
            if (status.isEmpty()) settle(machine, Outcome.GONE, Optional.empty());
            else if (left(status.get(), machine) && !there.contains(machine.instance()))
                settle(machine, Outcome.MOVED, status);
        }
    }

    private static boolean left(InstanceStatus status, MaintenanceLedger.Leaving machine) {
        return status.host().filter(name -> !name.equals(machine.origin())).isPresent();
    }

    private void settle(MaintenanceLedger.Leaving machine, Outcome outcome, Optional<InstanceStatus> status) {
        var last = status.flatMap(InstanceStatus::lastMigration)
                .filter(move ->
                        move.from().equals(machine.origin()) && move.failure().isEmpty());
        MaintenanceLedger.settle(
                tx,
                uid(),
                machine,
                outcome,
                status.flatMap(InstanceStatus::host),
                last.map(InstanceStatus.Moved::seconds),
                last.flatMap(InstanceStatus.Moved::downtimeMillis));
    }

    private void carryOut(MaintenanceStep step) {
        switch (step) {
            case MaintenanceStep.TakeOut(var host) -> takeOut(host);
            case MaintenanceStep.Refuse(var host, var why) ->
                MaintenanceLedger.refuse(tx, uid(), host.server(), why, now);
            case MaintenanceStep.Skip(var host, var why) -> reach(host, MaintenanceStage.SKIPPED, why);
            case MaintenanceStep.ShutOff stop -> shutOff(stop);
            case MaintenanceStep.Reach(var host, var stage, var note) -> reach(host, stage, note);
            case MaintenanceStep.Reboot(var host, var boot) -> reboot(host, boot);
            case MaintenanceStep.Abandon(var host, var note) -> {
                switchOn(host);
                reach(host, MaintenanceStage.CANCELLED, note);
            }
            case MaintenanceStep.GiveBack(var host, var stage) -> giveBack(host, stage);
        }
    }

    private void reach(MaintenanceHost host, MaintenanceStage stage, String note) {
        MaintenanceLedger.reach(
                tx, uid(), host.server(), stage, note, maintenance.spec().retries(), now);
    }

    private void reboot(MaintenanceHost host, String boot) {
        boolean byAgent = host.reboot().way() == Way.AGENT;
        MaintenanceLedger.reboot(tx, uid(), host, boot, byAgent, now);
        if (byAgent) return;
        Switches.wired(host.name(), server(host.server()).spec())
                .ifPresent(wired -> words.add(new RebootDesk.Word(uid(), host.server(), wired, now, since)));
    }

    private void takeOut(MaintenanceHost host) {
        MaintenanceLedger.takeOut(tx, uid(), host.server(), host.state(), now);
        declare(host, ServerSpec.State.DRAINING);
    }

    private void shutOff(MaintenanceStep.ShutOff stop) {
        HostGuests.shutOff(tx, resources, stop.instances());
        var stopped = Set.copyOf(stop.instances());
        for (var machine : MaintenanceLedger.open(tx, uid())) {
            if (machine.server().equals(stop.host().server()) && stopped.contains(machine.instance()))
                MaintenanceLedger.settle(
                        tx,
                        uid(),
                        machine,
                        Outcome.STOPPED,
                        Optional.of(stop.host().name()),
                        Optional.empty(),
                        Optional.empty());
        }
    }

    /** As it was before; where somebody has declared something else meanwhile, that stands. */
    private void giveBack(MaintenanceHost host, MaintenanceStage stage) {
        if (host.state() == ServerSpec.State.DRAINING)
            declare(host, host.before().orElse(ServerSpec.State.SCHEDULABLE));
        switchOn(host);
        reach(host, stage, "");
    }

    private void switchOn(MaintenanceHost host) {
        var again = new ArrayList<UUID>();
        for (var machine : MaintenanceLedger.open(tx, uid())) {
            if (!machine.server().equals(host.server())) continue;
            if (machine.outcome() == Outcome.STOPPED) again.add(machine.instance());
            MaintenanceLedger.settle(
                    tx, uid(), machine, Outcome.STAYED, Optional.of(host.name()), Optional.empty(), Optional.empty());
        }
        HostGuests.switchOn(tx, resources, again);
    }

    private void declare(MaintenanceHost host, ServerSpec.State state) {
        var server = server(host.server());
        if (server.spec().state() == state || server.deleting()) return;
        resources.replace(
                tx,
                Servers.KIND,
                List.of(new Resources.Replacement<>(
                        server, server.labels(), server.spec().in(state))));
    }
}
