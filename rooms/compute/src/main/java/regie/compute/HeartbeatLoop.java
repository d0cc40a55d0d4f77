package regie.compute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;

/**
 * Judges the members of fleets whose {@code health} is a heartbeat by when they were last heard, on the database's clock, so that
 * all servers of the room agree. As long as no server listened, nobody was silent.
 */
public final class HeartbeatLoop {
    /** All of a turn is one transaction: a server that dies in it has not taken it. */
    private static final int TURN_SECONDS = 1;

    private final Database database;
    private final HealthTurns turns;

    public HeartbeatLoop(Database database, Resources resources, Clock clock) {
        this.database = database;
        this.turns = new HealthTurns(resources, clock);
    }

    public Loop start(Hints hints) {
        return Loop.start("heartbeats", hints, List.of(), this::pass);
    }

    Loop.Pass pass() {
        if (database.read(HeartbeatLedger::isIdle)) return Loop.Pass.DONE;
        int taken = database.transact(Actor.ROOM, this::judge);
        return taken == HealthTurns.FLEETS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    private int judge(Tx tx) {
        HeartbeatLedger.listen(tx);
        var taken = turns.take(tx, HealthLedger.By.HEARTBEAT, TURN_SECONDS);
        for (var turn : taken) judge(tx, turn);
        return taken.size();
    }

    private void judge(Tx tx, HealthTurns.Turn turn) {
        var within = Duration.ofSeconds(turn.health().heartbeat().orElseThrow().withinSeconds());
        var fleet = turn.fleet().uid();
        var listened = HeartbeatLedger.listened(tx, fleet);
        Map<UUID, Duration> ages = HeartbeatLedger.ages(tx, fleet);
        var judged = new ArrayList<Declared<InstanceSpec, InstanceStatus>>();
        var ailments = new HashMap<UUID, String>();
        for (var member : turn.members()) {
            var age = Optional.ofNullable(ages.get(member.uid()));
            switch (Pulse.of(age, listened, within)) {
                case HEARD -> judged.add(member);
                case SILENT -> {
                    judged.add(member);
                    ailments.put(member.uid(), Pulse.ailment(age, within));
                }
                case UNKNOWN -> {}
            }
        }
        turns.record(tx, turn, judged, ailments);
    }
}
