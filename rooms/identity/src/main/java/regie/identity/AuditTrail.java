package regie.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import regie.kernel.ChangeLog;
import regie.kernel.Changes;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Key;
import regie.kernel.Loop;
import regie.kernel.Tx;

/** Who did what. */
public final class AuditTrail {
    private final Database database;
    private final Access access;
    private final AuditSeals seals;

    public AuditTrail(Database database, Access access) {
        this.database = database;
        this.access = access;
        this.seals = new AuditSeals(database);
    }

    /** Has what is written sealed from now on, about each second. */
    public Loop startSealing(Hints hints) {
        return seals.start(hints);
    }

    /**
     * What the chain of seals says of the trail.
     *
     * @param seals how many hold
     * @param sealed how many entries are in them
     * @param open entries that are too new to be sealed yet
     * @param head hash of the last seal that holds, in hexadecimal: noted elsewhere, it proves later that none was taken off the end
     * @param broken what does not hold; absent where all does
     */
    public record Verdict(long seals, long sealed, long open, String head, Optional<String> broken) {}

    /** Reckons the whole chain again; reads all of the trail. */
    public Verdict verify(Caller caller) {
        access.check(caller, Access.Verb.READ, Access.Ground.AUDIT_TRAIL);
        return seals.verify();
    }

    /** Newest first. */
    public List<AuditEntry> page(Caller caller, AuditSelection which) {
        access.check(caller, Access.Verb.READ, Access.Ground.AUDIT_TRAIL);
        return database.read(tx -> AuditLedger.page(tx, which));
    }

    /** Writes down what {@code tx} has changed so far; to be called once in it, at its end. */
    static void write(Tx tx, Caller caller, String verb, Changes changes) {
        write(tx, verb, changes, _ -> caller);
    }

    /** As the other {@code write}; {@code whose} says who changed what. */
    static void write(Tx tx, String verb, Changes changes, Function<Key, Caller> whose) {
        var fields = new HashMap<Key, Integer>();
        for (var change : changes.changes())
            fields.put(change.key(), change.differences().size());
        var lines = ChangeLog.writtenBy(tx).stream()
                .map(written -> new AuditLedger.Line(
                        written.key(), written.uid(), written.generation(), fields.getOrDefault(written.key(), 0)))
                .toList();
        AuditLedger.write(tx, verb, lines, line -> whose.apply(line.key()));
    }
}
