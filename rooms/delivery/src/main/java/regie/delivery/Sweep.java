package regie.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Loop;

/** Drops finished deliveries that are old, and secrets that have ended, once a minute. */
public final class Sweep {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 5_000;

    private final Database database;
    private final Clock clock;
    private final Duration kept;
    private long next;

    public Sweep(Database database, Clock clock, DeliverySettings settings) {
        this.database = database;
        this.clock = clock;
        this.kept = settings.kept();
        this.next = clock.nanos();
    }

    public Loop start(Hints hints) {
        return Loop.start("webhook-sweep", hints, List.of(), this::pass);
    }

    Loop.Pass pass() {
        if (clock.nanos() - next < 0) return Loop.Pass.DONE;
        int gone = database.transact(Actor.ROOM, tx -> {
            var ended = SecretLedger.deleteEnded(tx);
            var trimmed = DeliveryLedger.trim(tx, kept, BATCH);
            var webhooks =
                    Stream.concat(ended.stream(), trimmed.stream()).distinct().sorted();
            CourseLedger.stale(tx, webhooks.toList());
            return trimmed.size();
        });
        if (gone == BATCH) return Loop.Pass.MORE;
        next = clock.nanos() + EVERY.toNanos();
        return Loop.Pass.DONE;
    }
}
