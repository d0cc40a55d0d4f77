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
        var ailments = ask(taken);
        for (var turn : taken) database.change(Actor.ROOM, tx -> turns.record(tx, turn, asked(turn), ailments));
        return taken.size() == HealthTurns.FLEETS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    private static List<Declared<InstanceSpec, InstanceStatus>> asked(HealthTurns.Turn turn) {
        return turn.members().stream()
                .filter(member -> member.status().address().isPresent())
                .toList();
    }

    /** All of them at once, as far as there are probes free: why each that does not serve does not. */
    private Map<UUID, String> ask(List<HealthTurns.Turn> taken) {
        var ailments = new ConcurrentHashMap<UUID, String>();
        var all = taken.stream()
                .flatMap(turn -> asked(turn).stream().map(member -> probe(turn, member, ailments)))
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
