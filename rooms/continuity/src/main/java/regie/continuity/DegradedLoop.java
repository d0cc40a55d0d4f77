package regie.continuity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.compute.Symptoms;
import regie.estate.ServerSpec;
import regie.estate.ServerSpec.State;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Draft;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;

/** The shell around {@link DegradedPlanner}: looks, plans and writes in one transaction. Draining is left to maintenance. */
public final class DegradedLoop {
    private static final Logger LOG = LoggerFactory.getLogger(DegradedLoop.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int NAME_MAX = 36;

    private final Database database;
    private final Resources resources;
    private final DegradedSettings settings;
    private final Clock clock;
    private final Chance chance;
    private final DegradedSigns signs = new DegradedSigns();

    public DegradedLoop(Database database, Resources resources, DegradedSettings settings, Clock clock, Chance chance) {
        this.database = database;
        this.resources = resources;
        this.settings = settings;
        this.clock = clock;
        this.chance = chance;
    }

    public Loop start(Hints hints) {
        return Loop.start("degraded", hints, List.of(), this::pass);
    }

    /** One look, which {@link #start} has again and again. */
    Loop.Pass pass() {
        if (database.read(this::isConcerned)) database.change(Actor.ROOM, this::decide);
        return Loop.Pass.DONE;
    }

    private boolean isConcerned(Tx tx) {
        var seen = Symptoms.of(tx);
        return !signs.look(seen, clock.now()).isEmpty()
                || !DegradedLedger.open(tx).isEmpty()
                || VitalsLedger.anyAils(tx);
    }

    private void decide(Tx tx) {
        DegradedLedger.lock(tx);
        var now = clock.now();
        var seen = Symptoms.of(tx);
        var own = signs.look(seen, now);
        var told = VitalsLedger.of(tx, seen.stream().map(Symptoms.Seen::name).toList());
        var open = DegradedLedger.open(tx);
        var concerned = open.stream().map(Degraded::server).collect(Collectors.toSet());
        seen.stream()
                .filter(host -> ailment(host, told, own).isPresent())
                .map(Symptoms.Seen::server)
                .forEach(concerned::add);
        var servers = resources.byUid(tx, Servers.KIND, concerned).stream()
                .collect(Collectors.toMap(Declared::uid, server -> server));
        var hosts = seen.stream()
                .map(host -> new DegradedLook.Host(
                        host.server(),
                        host.name(),
                        host.site(),
                        state(servers, host.server()),
                        host.heard(),
                        ailment(host, told, own)))
                .toList();
        var look = new DegradedLook(
                now,
                hosts,
                open,
                DegradedLedger.relapses(tx, now.minus(DegradedSettings.FLAPPING_WITHIN)),
                draining(tx, open),
                storms(tx),
                settings);
        var plan = DegradedPlanner.plan(look);
        for (var step : plan.steps()) carryOut(tx, step, now, servers);
        Symptoms.show(tx, plan.holds());
    }

    private static Optional<Ailment> ailment(
            Symptoms.Seen seen, Map<String, VitalsLedger.Known> told, Map<UUID, Ailment> own) {
        return Optional.ofNullable(told.get(seen.name()))
                .flatMap(VitalsLedger.Known::ailment)
                .or(() -> Optional.ofNullable(own.get(seen.server())));
    }

    /** Of those with whom nothing is wrong nobody asks, and the declarations of thousands need not be read. */
    private static State state(Map<UUID, Declared<ServerSpec, ServerStatus>> servers, UUID uid) {
        return Optional.ofNullable(servers.get(uid))
                .map(server -> server.spec().state())
                .orElse(State.SCHEDULABLE);
    }

    private Set<String> draining(Tx tx, List<Degraded> open) {
        var keys = open.stream()
                .flatMap(degraded -> degraded.maintenance().stream())
                .map(name -> Maintenances.KIND.key("", name))
                .toList();
        return resources.named(tx, Maintenances.KIND, keys).stream()
                .filter(it -> !it.status().phase().ended())
                .map(Declared::name)
                .collect(Collectors.toSet());
    }

    private Set<String> storms(Tx tx) {
        return resources.list(tx, Storms.KIND, Selection.ALL).stream()
                .filter(storm -> storm.status().over().isEmpty())
                .map(storm -> storm.spec().site().orElse(""))
                .collect(Collectors.toSet());
    }

    private void carryOut(
            Tx tx, DegradedStep step, Instant now, Map<UUID, Declared<ServerSpec, ServerStatus>> servers) {
        switch (step) {
            case DegradedStep.Notice(var host, var ailment) -> {
                LOG.warn("{} is degraded: {}", host.name(), ailment.detail());
                DegradedLedger.notice(tx, host, ailment);
            }
            case DegradedStep.Ails(var degraded, var ailment) -> DegradedLedger.ails(tx, degraded, ailment);
            case DegradedStep.Close(var degraded) -> close(tx, degraded, now, servers);
            case DegradedStep.Recovers(var degraded) -> DegradedLedger.recovers(tx, degraded, now);
            case DegradedStep.CallOff(var degraded) -> callOff(tx, degraded);
            case DegradedStep.End(var degraded, var outcome, var reopen) -> {
                LOG.info("{} is no longer degraded: {}", degraded.name(), outcome);
                if (reopen) declare(tx, servers, degraded.server(), State.SCHEDULABLE);
                if (outcome == Degraded.Outcome.FLAPPING) Symptoms.quarantine(tx, degraded.server());
                DegradedLedger.end(tx, degraded, outcome, now);
            }
        }
    }

    /** Cordoned first, so that its machines' places are not given to others; and cordoned again when it is empty. */
    private void close(Tx tx, Degraded degraded, Instant now, Map<UUID, Declared<ServerSpec, ServerStatus>> servers) {
        LOG.warn(
                "{} is given no machines any more, and drained: {}",
                degraded.name(),
                degraded.ailment().detail());
        declare(tx, servers, degraded.server(), State.CORDONED);
        var server = degraded.name();
        var beginning = server.substring(0, Math.min(server.length(), NAME_MAX));
        var name = "degraded-%s-%s".formatted(beginning, STAMP.format(now));
        var spec = MaintenanceSpec.of(MaintenanceSpec.Scope.ofServer(server)).working(MaintenanceSpec.Work.NOTHING);
        var key = Maintenances.KIND.key("", name);
        resources.create(
                tx, Maintenances.KIND, List.of(new Draft<>(chance.uuid(), key, Optional.empty(), Map.of(), spec)));
        DegradedLedger.close(tx, degraded, name, now);
    }

    private void callOff(Tx tx, Degraded degraded) {
        var key = Maintenances.KIND.key("", degraded.maintenance().orElseThrow());
        for (var drain : resources.named(tx, Maintenances.KIND, List.of(key)))
            if (!drain.spec().cancelled() && !drain.deleting())
                resources.replace(
                        tx,
                        Maintenances.KIND,
                        List.of(new Resources.Replacement<>(
                                drain, drain.labels(), drain.spec().cancelling())));
    }

    private void declare(Tx tx, Map<UUID, Declared<ServerSpec, ServerStatus>> servers, UUID uid, State state) {
        var server = Optional.ofNullable(servers.get(uid))
                .filter(it -> !it.deleting() && it.spec().state() != state);
        if (server.isEmpty()) return;
        resources.replace(
                tx,
                Servers.KIND,
                List.of(new Resources.Replacement<>(
                        server.get(), server.get().labels(), server.get().spec().in(state))));
    }
}
