package regie.compute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Kind;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;
import regie.placement.Gap;

/**
 * The shell around {@link ComputePlanner}: take what was woken, look, plan, write it down. It takes no hint of what changed:
 * waking it late, twice, or on two servers comes to the same.
 */
public final class ComputeLoop {
    private static final int FLEETS_MAX = 100;
    private static final int INSTANCES_MAX = 1_000;
    private static final Duration LEASE = Duration.ofSeconds(5);
    /** What is kept free comes first, so that it is there for those who come with it. */
    private static final List<String> KINDS = Stream.of(
                    Compute.SITE_RESERVE, Compute.RESERVATION, Compute.FLEET, Compute.INSTANCE)
            .map(Kind::name)
            .toList();

    private static final Duration POSTPONED_MAX = Duration.ofSeconds(5);

    private final Database database;
    private final Resources resources;
    private final Connections connections;
    private final WorkQueue work;
    private final Clock clock;
    private final Chance chance;
    private final Picture picture;
    private final ReservationPass reservations;

    public ComputeLoop(
            Database database, Resources resources, Picture picture, WorkQueue work, Clock clock, Chance chance) {
        this.database = database;
        this.resources = resources;
        this.connections = new Connections(resources);
        this.picture = picture;
        this.work = work;
        this.clock = clock;
        this.chance = chance;
        this.reservations = new ReservationPass(resources, picture, work, clock, chance);
    }

    public Loop start(Hints hints) {
        return Loop.start("compute", hints, KINDS.stream().map(WorkQueue::topic).toList(), this::pass);
    }

    private record Batch(ReservationPass.Batch reserving, List<WorkQueue.Item> fleets, List<WorkQueue.Item> instances) {
        boolean places() {
            return !fleets.isEmpty() || !instances.isEmpty();
        }

        boolean full() {
            return reserving.full() || fleets.size() == FLEETS_MAX || instances.size() == INSTANCES_MAX;
        }
    }

    /** One look, which {@link #start} has again and again. */
    public Loop.Pass pass() {
        var batch = database.transact(Actor.ROOM, this::take);
        if (!batch.reserving().isEmpty())
            database.change(Actor.ROOM, tx -> reservations.carryOut(tx, batch.reserving()));
        if (batch.places() || database.read(picture::isBehind)) {
            // Told only once it is committed: what was rolled back is told again.
            picture.told(database.transact(Actor.ROOM, tx -> carryOut(tx, batch)));
        }
        return batch.full() ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    /** A lease that is lost is taken again. */
    private Batch take(Tx tx) {
        var due = WorkQueue.due(tx, KINDS);
        if (!due.isEmpty()) tx.mayBeLost();
        return new Batch(
                reservations.take(tx, due),
                due.contains(Compute.FLEET.name()) ? work.take(tx, Compute.FLEET.name(), FLEETS_MAX, LEASE) : List.of(),
                due.contains(Compute.INSTANCE.name())
                        ? work.take(tx, Compute.INSTANCE.name(), INSTANCES_MAX, LEASE)
                        : List.of());
    }

    /** @param gaps of all guests, as they are once those whom it concerns were woken */
    private record Planned(Look look, Census census, Plan plan, Map<UUID, List<Gap>> gaps) {}

    private Planned plan(Tx tx, Batch batch, Occupancy occupancy) {
        occupancy.catchUp(tx);
        resources.wake(tx, Compute.INSTANCE, occupancy.untold());
        var look = new Look(tx, resources, occupancy, objects(batch.fleets()), objects(batch.instances()));
        var census = look.census(clock.now(), chance, connections);
        return new Planned(look, census, ComputePlanner.plan(census), occupancy.allGaps());
    }

    private Map<UUID, List<Gap>> carryOut(Tx tx, Batch batch) {
        Ledger.lock(tx);
        var planned = picture.alone(occupancy -> plan(tx, batch, occupancy));
        var census = planned.census();
        // One that is being deleted has to be looked at again when the last of its members goes, maybe by this very
        // plan.
        tx.handles(census.fleets().stream()
                .filter(fleet -> !fleet.deleting())
                .map(Census.FleetSeen::uid)
                .toList());
        var plan = planned.plan();
        new Execution(tx, resources, connections, planned.look(), census.now(), chance).carryOut(plan);
        settle(tx, Compute.FLEET.name(), batch.fleets(), waitingFleets(census, plan));
        var waiting = waitingInstances(plan, moving(census));
        settle(tx, Compute.INSTANCE.name(), batch.instances(), waiting);
        WorkQueue.drop(tx, Compute.INSTANCE.name(), enlistedAndPlaced(plan, waiting));
        WorkQueue.add(tx, Compute.FLEET.name(), withMembersBack(census));
        for (var by : HealthLedger.By.values()) HealthLedger.judge(tx, by, judged(census, by));
        BurstLedger.follow(tx, bursting(census));
        if (restartEnded(census, plan)) WorkQueue.hurry(tx, Compute.FLEET.name());
        return planned.gaps();
    }

    /** New members that this plan has placed: their next news come from their hosts. */
    private static List<UUID> enlistedAndPlaced(Plan plan, Set<UUID> waiting) {
        return plan.steps().stream()
                .filter(Step.Enlist.class::isInstance)
                .map(step -> ((Step.Enlist) step).instance())
                .filter(uid -> !waiting.contains(uid))
                .toList();
    }

    /** Fleets whose members may have rebooted just now: where that is soon over, nothing but this tells of it. */
    private static List<UUID> withMembersBack(Census census) {
        return census.machines().stream()
                .filter(machine -> machine.spec().reboots() > 0 && Members.isBack(machine))
                .flatMap(machine -> machine.fleet().stream())
                .distinct()
                .toList();
    }

    private static List<UUID> judged(Census census, HealthLedger.By by) {
        return census.fleets().stream()
                .filter(fleet -> !fleet.deleting()
                        && fleet.spec().health().map(HealthLedger.By::of).equals(Optional.of(by)))
                .map(Census.FleetSeen::uid)
                .toList();
    }

    private static List<UUID> bursting(Census census) {
        return census.fleets().stream()
                .filter(fleet -> fleet.spec().burst().isPresent() && !fleet.deleting())
                .map(Census.FleetSeen::uid)
                .toList();
    }

    /** Another fleet may wait for that. */
    private static boolean restartEnded(Census census, Plan plan) {
        return census.fleets().stream()
                .anyMatch(fleet ->
                        fleet.status().restart().filter(RestartStatus::open).isPresent()
                                && Check.present(plan.fleets().get(fleet.uid()))
                                        .restart()
                                        .filter(RestartStatus::open)
                                        .isEmpty());
    }

    /** What waits is looked at again by and by; all else is done until it is woken. */
    private void settle(Tx tx, String kind, List<WorkQueue.Item> items, Set<UUID> waiting) {
        var done =
                items.stream().filter(item -> !waiting.contains(item.object())).toList();
        if (done.size() < items.size()) WorkQueue.lock(tx, kind, items);
        work.complete(tx, kind, done);
        var byDelay = items.stream()
                .filter(item -> waiting.contains(item.object()))
                .collect(Collectors.groupingBy(ComputeLoop::delay));
        byDelay.forEach((delay, some) -> work.postpone(tx, kind, some, delay));
    }

    /** How long what waits is left alone: the longer, the oftener it was looked at in vain. */
    static Duration delay(WorkQueue.Item item) {
        var delay = Duration.ofMillis(250L << Math.min(item.attempt(), 10));
        return delay.compareTo(POSTPONED_MAX) > 0 ? POSTPONED_MAX : delay;
    }

    /** A fleet may lack members that one plan had no number or no name for. */
    private static Set<UUID> waitingFleets(Census census, Plan plan) {
        return census.fleets().stream()
                .filter(fleet -> {
                    var status = Check.present(plan.fleets().get(fleet.uid()));
                    boolean lacks = !fleet.deleting()
                            && status.members() < status.wanted().orElse(0);
                    boolean timed = !fleet.deleting() && fleet.spec().size().isPresent();
                    return lacks
                            || timed
                            || status.underWay()
                            || !status.holds().isEmpty();
                })
                .map(Census.FleetSeen::uid)
                .collect(Collectors.toSet());
    }

    private static Set<UUID> waitingInstances(Plan plan, Set<UUID> moving) {
        return plan.views().entrySet().stream()
                .filter(entry -> !entry.getValue().holds().isEmpty() || moving.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Those on their way: a move that takes too long is called off, and nobody wakes them for that. */
    private static Set<UUID> moving(Census census) {
        return census.machines().stream()
                .filter(machine -> machine.migration().isPresent())
                .map(Machine::uid)
                .collect(Collectors.toSet());
    }

    private static List<UUID> objects(List<WorkQueue.Item> items) {
        return new ArrayList<>(items.stream().map(WorkQueue.Item::object).toList());
    }
}
