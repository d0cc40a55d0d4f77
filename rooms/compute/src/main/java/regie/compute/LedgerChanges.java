package regie.compute;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Tx;

/**
 * What changed in the ledger since a revision: for whoever keeps hosts and places in memory and reads again only what is not as he
 * knows it. All that is noted here is written under {@link Ledger#lock}, and read under it.
 */
final class LedgerChanges {
    /** Lines that are kept; who is further behind reads everything anew. */
    private static final int KEPT = 200_000;

    private LedgerChanges() {}

    /**
     * @param revision up to which this tells all
     * @param everything whether lines are missing: all has to be read anew, and the sets are empty
     * @param servers hosts that came, changed in themselves or their slots, or went
     * @param instances machines whose place came, changed or went
     */
    record Since(long revision, boolean everything, Set<UUID> servers, Set<UUID> instances) {}

    /** @param revision of the last answer; below 0 for who knows nothing yet */
    static Since since(Tx tx, long revision) {
        if (revision < 0) return new Since(newest(tx), true, Set.of(), Set.of());
        var servers = new HashSet<UUID>();
        var instances = new HashSet<UUID>();
        var lines = tx.query(
                "select revision, server, instance from compute.change where revision >= :revision order by revision",
                row -> {
                    long line = row.number("revision");
                    if (line > revision) {
                        row.maybeUuid("server").ifPresent(servers::add);
                        row.maybeUuid("instance").ifPresent(instances::add);
                    }
                    return line;
                },
                "revision",
                revision);
        // The line of that very revision is still there, so none behind it was forgotten.
        boolean whole = !lines.isEmpty() && lines.getFirst() == revision;
        return whole
                ? new Since(lines.getLast(), false, servers, instances)
                : new Since(newest(tx), true, Set.of(), Set.of());
    }

    static long newest(Tx tx) {
        return tx.query("select coalesce(max(revision), 0) as newest from compute.change", row -> row.number("newest"))
                .getFirst();
    }

    /** Forgets all lines but the newest. */
    static void trim(Tx tx) {
        tx.change(
                "delete from compute.change where revision <= (select max(revision) from compute.change) - :kept",
                "kept",
                KEPT);
    }
}
