package regie.compute;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/**
 * Has machines started and ended in public clouds, by one server of the room at a time. What is to be is written down before a cloud is
 * asked, and asked for again until the cloud has said what became of it; what a cloud has of this room that is not written down is ended.
 */
public final class BurstLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BurstLoop.class);
    private static final int PAUSE_SECONDS = 10;
    /** Longer than all that a pass may ask of clouds takes. */
    private static final int TURN_SECONDS = 900;
    /** A request that was cut off may bear fruit for so long. */
    private static final Duration UNSURE = Duration.ofMinutes(10);
    /** A cloud may not list for so long what it has started. */
    private static final Duration UNLISTED = Duration.ofMinutes(5);

    private final Database database;
    private final Resources resources;
    private final Cloud.Clouds clouds;
    private final Chance chance;

    public BurstLoop(Database database, Resources resources, Cloud.Clouds clouds, Chance chance) {
        this.database = database;
        this.resources = resources;
        this.clouds = clouds;
        this.chance = chance;
    }

    public Loop start(Hints hints) {
        return Loop.start("burst", hints, List.of(), this::pass);
    }

    Loop.Pass pass() {
        var names = clouds.names();
        if (names.isEmpty() && database.read(BurstLedger::followed).isEmpty()) return Loop.Pass.DONE;
        var room = database.transact(Actor.ROOM, tx -> BurstLedger.turn(tx, TURN_SECONDS));
        if (room.isEmpty()) return Loop.Pass.DONE;
        database.change(Actor.ROOM, tx -> decide(tx, room.get()));
        var all = new java.util.TreeSet<>(names);
        all.addAll(database.read(BurstLedger::clouds));
        for (var name : all) follow(name, room.get());
        database.change(Actor.ROOM, tx -> BurstLedger.again(tx, PAUSE_SECONDS));
        return Loop.Pass.DONE;
    }

    private void decide(Tx tx, UUID room) {
        Ledger.lock(tx); // nobody else counts against a fleet's cap meanwhile
        var followed = BurstLedger.followed(tx);
        var away = BurstLedger.of(tx, followed);
        var fleets = resources.byUid(tx, Compute.FLEET, followed);
        for (var fleet : fleets) decide(tx, room, fleet, away.getOrDefault(fleet.uid(), List.of()));
        var there = fleets.stream()
                .filter(fleet -> !fleet.deleting() && fleet.spec().burst().isPresent())
                .map(Declared::uid)
                .toList();
        var others = followed.stream().filter(uid -> !there.contains(uid)).toList();
        BurstLedger.forget(tx, others);
        for (var uid : others)
            BurstLedger.end(
                    tx,
                    away.getOrDefault(uid, List.of()).stream()
                            .map(BurstMachine::uid)
                            .toList());
    }

    private void decide(Tx tx, UUID room, Declared<FleetSpec, FleetStatus> fleet, List<BurstMachine> away) {
        if (fleet.deleting()) return;
        var members = resources.ownedBy(tx, Compute.INSTANCE, List.of(fleet.uid()));
        var waiting = members.stream()
                .filter(BurstLoop::hasNoRoom)
                .map(Declared::createdAt)
                .toList();
        int running = (int) members.stream()
                .filter(member -> !member.deleting() && member.status().stage() == InstanceStatus.Stage.RUNNING)
                .count();
        int lacking = Math.max(0, fleet.status().wanted().orElse(fleet.spec().count()) - running);
        var seen = new BurstPlanner.Seen(fleet.spec().cap(), members.size(), waiting, lacking, away);
        var plan = BurstPlanner.plan(fleet.spec().burst(), seen, BurstLedger.now(tx));
        for (int start = 0; start < plan.starts(); start++) want(tx, room, fleet);
        BurstLedger.end(tx, plan.ends());
        var trouble = away.stream()
                .filter(machine -> !machine.detail().isEmpty())
                .findFirst()
                .map(machine -> Holds.burstHeld(machine.cloud(), machine.detail()));
        boolean news = BurstLedger.hold(tx, fleet.uid(), trouble.or(plan::hold));
        if (news || plan.starts() > 0 || !plan.ends().isEmpty())
            WorkQueue.add(tx, Compute.FLEET.name(), Set.of(fleet.uid()));
    }

    private static boolean hasNoRoom(Declared<InstanceSpec, InstanceStatus> member) {
        return !member.deleting()
                && member.status().stage() == InstanceStatus.Stage.PENDING
                && member.status().holds().stream().anyMatch(hold -> hold.code().equals(Holds.NO_ROOM));
    }

    private void want(Tx tx, UUID room, Declared<FleetSpec, FleetStatus> fleet) {
        var spec = fleet.spec().burst().orElseThrow();
        var token = chance.uuid();
        var request = new Cloud.Request(
                token,
                room,
                "%s-%s".formatted(fleet.name(), token.toString().substring(0, 8)),
                spec.flavor(),
                spec.image(),
                spec.network(),
                fleet.spec().template().userData());
        BurstLedger.want(tx, fleet.uid(), spec.cloud(), spec.price(), request);
    }

    /** What the cloud has comes first and what is written down after it: whatever of the former lacks in the latter is to go. */
    private void follow(String name, UUID room) {
        try (var cloud = clouds.open(name)) {
            var there = cloud.list(room);
            var machines = database.read(tx -> BurstLedger.in(tx, name));
            for (var machine : machines)
                guarded(
                        machine,
                        () -> follow(
                                cloud,
                                machine,
                                there.stream()
                                        .filter(each -> each.token().equals(machine.uid()))
                                        .findFirst()));
            var known = machines.stream().map(BurstMachine::uid).toList();
            for (var each : there) {
                if (!each.living() || known.contains(each.token())) continue;
                LOG.warn("cloud {} has machine {} of this room, which nobody wants: it is ended", name, each.id());
                cloud.end(each.id());
            }
        } catch (Cloud.CloudFault e) {
            LOG.warn("cloud {}: {}", name, e.getMessage());
            for (var machine : database.read(tx -> BurstLedger.in(tx, name)))
                trouble(machine, String.valueOf(e.getMessage()));
        }
    }

    @FunctionalInterface
    private interface Asking {
        void ask() throws Cloud.CloudFault;
    }

    private void guarded(BurstMachine machine, Asking asking) {
        try {
            asking.ask();
        } catch (Cloud.CloudFault e) {
            trouble(machine, String.valueOf(e.getMessage()));
        }
    }

    private void trouble(BurstMachine machine, String detail) {
        if (!machine.detail().equals(detail)) news(machine, tx -> BurstLedger.note(tx, machine.uid(), detail));
    }

    private void follow(Cloud cloud, BurstMachine machine, Optional<Cloud.Machine> there) throws Cloud.CloudFault {
        switch (machine.state()) {
            case WANTED -> {
                if (there.isPresent()) seen(machine, there.get());
                else {
                    var started = cloud.start(machine.request());
                    news(machine, tx -> BurstLedger.started(tx, machine.uid(), started));
                }
            }
            case STARTED -> {
                if (there.isPresent()) seen(machine, there.get());
                else if (isOlder(machine, UNLISTED)) gone(machine);
            }
            case ENDING -> {
                if (there.filter(each -> each.state() == Cloud.State.ENDED).isPresent()) gone(machine);
                else if (there.isPresent()) cloud.end(there.get().id());
                else if (machine.machine().isPresent()) endUnlisted(cloud, machine);
                else if (isOlder(machine, UNSURE)) gone(machine);
            }
        }
    }

    /** It was started, and the cloud lists it not yet or no more. */
    private void endUnlisted(Cloud cloud, BurstMachine machine) throws Cloud.CloudFault {
        cloud.end(machine.machine().orElseThrow());
        if (isOlder(machine, UNLISTED)) gone(machine);
    }

    /** Whoever ended it: another may take its place. */
    private void seen(BurstMachine machine, Cloud.Machine there) {
        if (there.state() == Cloud.State.ENDED) {
            gone(machine);
            return;
        }
        boolean same = machine.state() == BurstState.STARTED
                && machine.machine().equals(Optional.of(there.id()))
                && machine.running() == (there.state() == Cloud.State.RUNNING)
                && machine.address().equals(there.address())
                && machine.detail().isEmpty();
        if (!same) news(machine, tx -> BurstLedger.started(tx, machine.uid(), there));
    }

    private void gone(BurstMachine machine) {
        news(machine, tx -> BurstLedger.gone(tx, machine.uid()));
    }

    private boolean isOlder(BurstMachine machine, Duration age) {
        return machine.since().plus(age).isBefore(database.read(BurstLedger::now));
    }

    private void news(BurstMachine machine, java.util.function.Consumer<Tx> change) {
        database.change(Actor.ROOM, tx -> {
            change.accept(tx);
            WorkQueue.add(tx, Compute.FLEET.name(), Set.of(machine.fleet()));
        });
    }
}
