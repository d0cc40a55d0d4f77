package regie.compute;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/**
 * Asks the members of fleets that declare {@code health} whether they serve, each fleet by one server of the room, so many at a time.
 * What it learns is written down where it is news; the fleet's planner does the rest.
 */
public final class HealthLoop {
    private static final Logger LOG = LoggerFactory.getLogger(HealthLoop.class);
    private static final int FLEETS_MAX = 20;
    private static final int PROBES_MAX = 500;
    /** A server that dies while it probes leaves its fleets to the others after this. */
    private static final int TURN_SECONDS = 120;

    private final Database database;
    private final Resources resources;
    private final HealthCheck check;
    private final Clock clock;
    private final Semaphore probes = new Semaphore(PROBES_MAX);

    public HealthLoop(Database database, Resources resources, HealthCheck check, Clock clock) {
        this.database = database;
        this.resources = resources;
        this.check = check;
        this.clock = clock;
    }

    public Loop start(Hints hints) {
        return Loop.start("health", hints, List.of(), this::pass);
    }

    /** @param members those that run and can be asked */
    private record Turn(
            Declared<FleetSpec, FleetStatus> fleet,
            HealthSpec health,
            List<Declared<InstanceSpec, InstanceStatus>> members,
            Map<UUID, HealthLedger.Seen> before) {}

    Loop.Pass pass() {
        var turns = database.transact(Actor.ROOM, this::take);
        var ailments = ask(turns);
        for (var turn : turns) database.change(Actor.ROOM, tx -> record(tx, turn, ailments));
        return turns.size() == FLEETS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    private List<Turn> take(Tx tx) {
        var taken = HealthLedger.take(tx, FLEETS_MAX, TURN_SECONDS);
        var fleets = resources.byUid(tx, Compute.FLEET, taken).stream()
                .filter(fleet -> fleet.spec().health().isPresent())
                .toList();
        var probed = fleets.stream().map(Declared::uid).collect(Collectors.toSet());
        HealthLedger.end(
                tx, taken.stream().filter(fleet -> !probed.contains(fleet)).toList());
        var members = resources.ownedBy(tx, Compute.INSTANCE, probed).stream()
                .collect(Collectors.groupingBy(member -> member.owner().orElseThrow()));
        var before = HealthLedger.of(tx, probed);
        for (var fleet : fleets) {
            var there = members.getOrDefault(fleet.uid(), List.of()).stream()
                    .map(Declared::uid)
                    .collect(Collectors.toSet());
            var gone = before.getOrDefault(fleet.uid(), Map.of()).keySet();
            HealthLedger.forget(
                    tx, gone.stream().filter(uid -> !there.contains(uid)).toList());
        }
        return fleets.stream()
                .map(fleet -> new Turn(
                        fleet,
                        fleet.spec().health().orElseThrow(),
                        members.getOrDefault(fleet.uid(), List.of()).stream()
                                .filter(HealthLoop::canBeAsked)
                                .toList(),
                        before.getOrDefault(fleet.uid(), Map.of())))
                .toList();
    }

    private static boolean canBeAsked(Declared<InstanceSpec, InstanceStatus> member) {
        var status = member.status();
        return !member.deleting()
                && status.stage() == InstanceStatus.Stage.RUNNING
                && status.address().isPresent();
    }

    /** All of them at once, as far as there are probes free: why each that does not serve does not. */
    private Map<UUID, String> ask(List<Turn> turns) {
        var ailments = new ConcurrentHashMap<UUID, String>();
        var all = turns.stream()
                .flatMap(turn -> turn.members().stream().map(member -> probe(turn, member, ailments)))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(all)) report(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ailments;
    }

    private Callable<Void> probe(Turn turn, Declared<InstanceSpec, InstanceStatus> member, Map<UUID, String> ailments) {
        return () -> {
            probes.acquire();
            try {
                var address = member.status().address().orElseThrow();
                check.ailment(address, turn.health()).ifPresent(why -> ailments.put(member.uid(), why));
            } finally {
                probes.release();
            }
            return null;
        };
    }

    private static void report(java.util.concurrent.Future<Void> answer) throws InterruptedException {
        try {
            answer.get();
        } catch (ExecutionException e) {
            LOG.warn("a probe failed by itself; its member counts as one that serves", e);
        }
    }

    private void record(Tx tx, Turn turn, Map<UUID, String> ailments) {
        var changed = new HashMap<UUID, HealthLedger.Seen>();
        for (var member : turn.members()) {
            var before = Optional.ofNullable(turn.before().get(member.uid()));
            var now = next(
                    turn.health(),
                    member,
                    before.orElse(HealthLedger.Seen.NEVER),
                    Optional.ofNullable(ailments.get(member.uid())));
            if (!before.equals(Optional.of(now))) changed.put(member.uid(), now);
        }
        HealthLedger.record(tx, turn.fleet().uid(), changed);
        HealthLedger.again(tx, turn.fleet().uid(), turn.health().intervalSeconds());
        boolean news = changed.entrySet().stream()
                .anyMatch(each ->
                        isNews(turn.before().getOrDefault(each.getKey(), HealthLedger.Seen.NEVER), each.getValue()));
        if (news) WorkQueue.add(tx, Compute.FLEET.name(), Set.of(turn.fleet().uid()));
    }

    private static boolean isNews(HealthLedger.Seen before, HealthLedger.Seen now) {
        return before.healthy() != now.healthy() || before.ill() != now.ill();
    }

    /** While it starts, nothing is held against it; the right answer makes all good. */
    private HealthLedger.Seen next(
            HealthSpec health,
            Declared<InstanceSpec, InstanceStatus> member,
            HealthLedger.Seen before,
            Optional<String> ailment) {
        if (ailment.isEmpty()) return new HealthLedger.Seen(0, true, true, false, "");
        if (!before.healthy() && isStarting(member, health.graceSeconds())) return before;
        int misses = before.misses() + 1;
        boolean tooMany = misses >= health.failures();
        return new HealthLedger.Seen(misses, before.healthy() && !tooMany, before.served(), tooMany, ailment.get());
    }

    private boolean isStarting(Declared<InstanceSpec, InstanceStatus> member, int graceSeconds) {
        Instant until = member.status().since().orElse(clock.now()).plusSeconds(graceSeconds);
        return clock.now().isBefore(until);
    }
}
