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
        var bounds = tx.query(
                        "select coalesce(min(revision), 0) as oldest, coalesce(max(revision), 0) as newest from compute.change",
                        row -> new long[] {row.number("oldest"), row.number("newest")})
                .getFirst();
        long newest = Math.max(bounds[1], revision);
        if (revision < 0 || revision + 1 < bounds[0]) return new Since(newest, true, Set.of(), Set.of());
        var servers = new HashSet<UUID>();
        var instances = new HashSet<UUID>();
        tx.query(
                "select server, instance from compute.change where revision > :revision",
                row -> {
                    row.maybeUuid("server").ifPresent(servers::add);
                    row.maybeUuid("instance").ifPresent(instances::add);
                    return true;
                },
                "revision",
                revision);
        return new Since(newest, false, servers, instances);
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
