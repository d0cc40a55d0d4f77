package regie.server;

import java.time.Duration;
import regie.identity.Repeats;
import regie.kernel.Actor;
import regie.kernel.ChangeLog;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Loop;

/** Drops what is old, once a minute: changes from the log, and answers that were kept for repeats. */
final class Trimming {
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Repeats repeats;
    private final Clock clock;
    private final Duration kept;
    private long next;

    Trimming(Database database, Repeats repeats, Clock clock, int hoursKept) {
        this.database = database;
        this.repeats = repeats;
        this.clock = clock;
        this.kept = Duration.ofHours(hoursKept);
        this.next = clock.nanos();
    }

    Loop.Pass pass() {
        if (clock.nanos() - next >= 0) {
            next = clock.nanos() + EVERY.toNanos();
            database.change(Actor.ROOM, tx -> ChangeLog.trim(tx, kept));
            repeats.forgetOld();
        }
        return Loop.Pass.DONE;
    }
}
