package regie.compute;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Fault;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;

/**
 * Asks the members of fleets whose {@code health} is a probe whether they serve, each fleet by one server of the room, so many at a
 * time. {@link HeartbeatLoop} is for those that say it by themselves.
 */
public final class HealthLoop {
    private static final Logger LOG = LoggerFactory.getLogger(HealthLoop.class);
    private static final int PROBES_MAX = 500;
    /** A server that dies while it probes leaves its fleets to the others after this. */
    private static final int TURN_SECONDS = 120;

    private final Database database;
    private final HealthCheck check;
    private final HealthTurns turns;
    private final Semaphore probes = new Semaphore(PROBES_MAX);

    public HealthLoop(Database database, Resources resources, HealthCheck check, Clock clock) {
        this.database = database;
        this.check = check;
        this.turns = new HealthTurns(resources, clock);
    }

    public Loop start(Hints hints) {
        return Loop.start("health", hints, List.of(), this::pass);
    }

    Loop.Pass pass() {
        var taken = database.transact(Actor.ROOM, tx -> turns.take(tx, HealthLedger.By.PROBE, TURN_SECONDS));
        int worst = secondsAtWorst(taken);
        if (worst > TURN_SECONDS / 2)
            for (var turn : taken)
                database.change(
                        Actor.ROOM, tx -> HealthLedger.again(tx, turn.fleet().uid(), TURN_SECONDS + worst));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var played =
                    taken.stream().map(turn -> threads.submit(() -> play(turn))).toList();
            for (var each : played) each.get();
        } catch (ExecutionException e) {
            throw new Fault("a turn of probes was not written down", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return taken.size() == HealthTurns.FLEETS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    /** How long it takes where nobody answers. */
    private static int secondsAtWorst(List<HealthTurns.Turn> taken) {
        int members = taken.stream().mapToInt(turn -> asked(turn).size()).sum();
        int timeout = taken.stream()
                .mapToInt(turn -> turn.health().timeoutSeconds())
                .max()
                .orElse(0);
        return Math.ceilDiv(members, PROBES_MAX) * timeout;
    }

    /** What is found out of one fleet is written down when the last of its members was asked, however long others take. */
    private void play(HealthTurns.Turn turn) {
        var ailments = ask(turn);
        database.change(Actor.ROOM, tx -> turns.record(tx, turn, asked(turn), ailments));
    }

    private static List<Declared<InstanceSpec, InstanceStatus>> asked(HealthTurns.Turn turn) {
        return turn.members().stream()
                .filter(member -> member.status().address().isPresent())
                .toList();
    }

    /** All of them at once, as far as there are probes free: why each that does not serve does not. */
    private Map<UUID, String> ask(HealthTurns.Turn turn) {
        var ailments = new ConcurrentHashMap<UUID, String>();
        var all = asked(turn).stream()
                .map(member -> probe(turn, member, ailments))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(all)) report(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ailments;
    }

    private Callable<Void> probe(
            HealthTurns.Turn turn, Declared<InstanceSpec, InstanceStatus> member, Map<UUID, String> ailments) {
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
}
