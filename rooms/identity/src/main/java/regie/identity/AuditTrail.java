package regie.identity;

import java.util.HashMap;
import java.util.List;
import regie.kernel.ChangeLog;
import regie.kernel.Changes;
import regie.kernel.Database;
import regie.kernel.Key;
import regie.kernel.Tx;

/** Who did what. */
public final class AuditTrail {
    private final Database database;
    private final Access access;

    public AuditTrail(Database database, Access access) {
        this.database = database;
        this.access = access;
    }

    /** Newest first. */
    public List<AuditEntry> page(Caller caller, AuditSelection which) {
        access.check(caller, Access.Verb.READ, Access.Ground.AUDIT_TRAIL);
        return database.read(tx -> AuditLedger.page(tx, which));
    }

    /** Writes down what {@code tx} has changed so far; to be called once in it, at its end. */
    static void write(Tx tx, Caller caller, String verb, Changes changes) {
        var fields = new HashMap<Key, Integer>();
        for (var change : changes.changes())
            fields.put(change.key(), change.differences().size());
        var lines = ChangeLog.writtenBy(tx).stream()
                .map(written -> new AuditLedger.Line(
                        written.key(), written.uid(), written.generation(), fields.getOrDefault(written.key(), 0)))
                .toList();
        AuditLedger.write(tx, caller, verb, lines);
    }
}
