package regie.compute;

import java.time.Duration;
import java.util.List;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;

/** Writes down, each hour, what every site has and what of it is claimed. Of several servers the one that gets the lease does. */
public final class CapacityLoop {
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration FIRST = Duration.ofMinutes(1);

    private final Database database;
    private final Resources resources;
    private final Picture picture;
    private final Clock clock;
    private long next;

    public CapacityLoop(Database database, Resources resources, Picture picture, Clock clock) {
        this.database = database;
        this.resources = resources;
        this.picture = picture;
        this.clock = clock;
        this.next = clock.nanos() + FIRST.toNanos();
    }

    public Loop start(Hints hints) {
        return Loop.start("capacity", hints, List.of(), () -> {
            if (clock.nanos() - next >= 0) pass();
            return Loop.Pass.DONE;
        });
    }

    /** Six times an hour, so that the hour's last word is no more than ten minutes older than the hour. */
    void pass() {
        next = clock.nanos() + EVERY.toNanos();
        database.change(Actor.ROOM, tx -> {
            if (!CapacityLedger.lease(tx)) return;
            var rooms = database.snapshot(moment -> CapacityReport.rooms(moment, resources, picture));
            CapacityLedger.write(tx, clock.now(), rooms);
        });
    }
}
