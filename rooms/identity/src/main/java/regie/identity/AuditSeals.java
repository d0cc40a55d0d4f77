package regie.identity;

import java.util.List;
import java.util.Optional;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Tx;

/**
 * Seals the audit trail batch by batch, a second behind those who write it: a chain that each transaction had to go on with would
 * let one commit at a time.
 */
final class AuditSeals {
    /** Rows of one link, but for the last transaction, which is in it as a whole. */
    private static final int ROWS_MAX = 10_000;

    /** Raised in each transaction that writes to the trail. */
    static final String TOPIC = "audit";

    /** Passes after which the trail is looked at although nobody has said that he wrote: a hint may be lost. */
    private static final int LOOK_EACH = 60;

    private final Database database;
    private volatile boolean written = true;
    private int passes;

    AuditSeals(Database database) {
        this.database = database;
    }

    /** A pass each second, which costs an idle room nothing: its database is only asked where somebody has written. */
    Loop start(Hints hints) {
        hints.on(TOPIC, () -> written = true);
        return Loop.start("audit-seal", hints, List.of(), this::tick);
    }

    private Loop.Pass tick() {
        if (!written && ++passes % LOOK_EACH != 0) return Loop.Pass.DONE;
        written = false;
        try {
            var pass = pass();
            // what could not be sealed yet, beside a transaction that is under way, can be by and by
            written |= pass == Loop.Pass.MORE
                    || database.read(tx -> AuditLedger.countFrom(
                                    tx, SealLedger.last(tx).until()))
                            > 0;
            return pass;
        } catch (RuntimeException e) {
            written = true;
            throw e;
        }
    }

    Loop.Pass pass() {
        if (database.read(tx -> AuditLedger.end(tx, SealLedger.last(tx).until(), ROWS_MAX))
                .isEmpty()) return Loop.Pass.DONE;
        return database.transact(Actor.ROOM, AuditSeals::seal) >= ROWS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    /** @return how many rows were sealed */
    private static long seal(Tx tx) {
        SealLedger.lock(tx);
        var last = SealLedger.last(tx);
        var end = AuditLedger.end(tx, last.until(), ROWS_MAX);
        if (end.isEmpty()) return 0;
        var next = last.next(end.get(), AuditLedger.between(tx, last.until(), end.get()));
        SealLedger.add(tx, next);
        return next.count();
    }

    AuditTrail.Verdict verify() {
        var last = database.read(SealLedger::last);
        var holds = Seal.NONE;
        long sealed = 0;
        while (holds.number() < last.number()) {
            var before = holds;
            var kept = database.read(tx -> SealLedger.find(tx, before.number() + 1));
            if (kept.isEmpty()) return broken(before, sealed, "seal %d is missing".formatted(before.number() + 1));
            var lines = database.read(
                    tx -> AuditLedger.between(tx, before.until(), kept.get().until()));
            if (!before.next(kept.get().until(), lines).equals(kept.get()))
                return broken(before, sealed, why(kept.get(), lines));
            holds = kept.get();
            sealed += holds.count();
        }
        long until = holds.until();
        long open = database.read(tx -> AuditLedger.countFrom(tx, until));
        return new AuditTrail.Verdict(holds.number(), sealed, open, holds.hash(), Optional.empty());
    }

    private AuditTrail.Verdict broken(Seal holds, long sealed, String why) {
        long open = database.read(
                tx -> AuditLedger.countFrom(tx, SealLedger.last(tx).until()));
        return new AuditTrail.Verdict(holds.number(), sealed, open, holds.hash(), Optional.of(why));
    }

    private static String why(Seal kept, List<Seal.Line> lines) {
        var where = lines.isEmpty()
                ? ""
                : ", entries %d to %d"
                        .formatted(
                                lines.stream()
                                        .mapToLong(line -> line.entry().number())
                                        .min()
                                        .orElseThrow(),
                                lines.stream()
                                        .mapToLong(line -> line.entry().number())
                                        .max()
                                        .orElseThrow());
        return lines.size() == kept.count()
                ? "seal %d does not fit%s: an entry was changed".formatted(kept.number(), where)
                : "seal %d was made over %d entries, and there are %d%s: some were added or taken away"
                        .formatted(kept.number(), kept.count(), lines.size(), where);
    }
}
