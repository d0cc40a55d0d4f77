package regie.identity;

import java.util.HexFormat;
import java.util.Optional;
import regie.kernel.Row;
import regie.kernel.Tx;

/** The only place that reads and writes {@code identity.seal}. */
final class SealLedger {
    private static final String COLUMNS = "number, until::text::bigint as until, count, hash";

    private SealLedger() {}

    /** One server at a time adds a link. */
    static void lock(Tx tx) {
        tx.query("select pg_advisory_xact_lock(hashtext('identity.seal'))", _ -> true);
    }

    static Seal last(Tx tx) {
        return tx.first("select " + COLUMNS + " from identity.seal order by number desc limit 1", SealLedger::seal)
                .orElse(Seal.NONE);
    }

    static Optional<Seal> find(Tx tx, long number) {
        return tx.first(
                "select " + COLUMNS + " from identity.seal where number = :number", SealLedger::seal, "number", number);
    }

    static void add(Tx tx, Seal seal) {
        tx.change(
                "insert into identity.seal (number, until, count, hash) values (:number, :until::text::xid8, :count, :hash)",
                "number",
                seal.number(),
                "until",
                Long.toString(seal.until()),
                "count",
                seal.count(),
                "hash",
                HexFormat.of().parseHex(seal.hash()));
    }

    private static Seal seal(Row row) {
        return new Seal(
                row.number("number"),
                row.number("until"),
                row.number("count"),
                HexFormat.of().formatHex(row.bytes("hash")));
    }
}
