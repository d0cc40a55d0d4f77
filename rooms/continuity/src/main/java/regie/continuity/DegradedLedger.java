package regie.continuity;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Row;
import regie.kernel.Tx;

/** The only place with SQL on {@code continuity.degraded}. */
final class DegradedLedger {
    /** Of those that have ended, so many are remembered. */
    private static final int KEPT = 10_000;

    private DegradedLedger() {}

    /** Of all servers of the room one plans at a time. */
    static void lock(Tx tx) {
        tx.query("select pg_advisory_xact_lock(hashtext('continuity.degraded'))", _ -> true);
    }

    /** The longest sick first. */
    static List<Degraded> open(Tx tx) {
        return tx.query(
                "select * from continuity.degraded where ended is null order by since, number",
                DegradedLedger::degraded);
    }

    private static Degraded degraded(Row row) {
        return new Degraded(
                row.number("number"),
                row.uuid("server"),
                row.text("name"),
                row.text("site"),
                new Ailment(row.text("ails"), row.text("detail"), row.instant("since")),
                row.maybeInstant("closed"),
                row.maybeText("maintenance"),
                row.maybeInstant("well_since"));
    }

    /** How often each was closed and opened again since {@code oldest}. */
    static Map<UUID, Integer> relapses(Tx tx, Instant oldest) {
        var relapses = new HashMap<UUID, Integer>();
        tx.query("""
                select server, count(*) as many from continuity.degraded
                 where closed is not null and ended > :oldest and outcome in ('WELL', 'FLAPPING') group by server
                """, row -> relapses.put(row.uuid("server"), row.integer("many")), "oldest", oldest);
        return relapses;
    }

    static void notice(Tx tx, DegradedLook.Host host, Ailment ailment) {
        tx.change(
                """
                insert into continuity.degraded (server, name, site, ails, detail, since)
                values (:server, :name, :site, :ails, :detail, :since) on conflict do nothing
                """,
                "server",
                host.server(),
                "name",
                host.name(),
                "site",
                host.site(),
                "ails",
                ailment.code(),
                "detail",
                ailment.detail(),
                "since",
                ailment.since());
        tx.change(
                "delete from continuity.degraded where ended is not null and number <= (select max(number) from continuity.degraded) - :kept",
                "kept",
                KEPT);
    }

    static void ails(Tx tx, Degraded degraded, Ailment ailment) {
        tx.change(
                "update continuity.degraded set ails = :ails, detail = :detail, well_since = null where number = :number",
                "ails",
                ailment.code(),
                "detail",
                ailment.detail(),
                "number",
                degraded.number());
    }

    static void close(Tx tx, Degraded degraded, String maintenance, Instant now) {
        tx.change(
                "update continuity.degraded set closed = :now, maintenance = :maintenance where number = :number",
                "now",
                now,
                "maintenance",
                maintenance,
                "number",
                degraded.number());
    }

    static void recovers(Tx tx, Degraded degraded, Instant now) {
        tx.change(
                "update continuity.degraded set well_since = :now where number = :number",
                "now",
                now,
                "number",
                degraded.number());
    }

    static void end(Tx tx, Degraded degraded, Degraded.Outcome outcome, Instant now) {
        tx.change(
                "update continuity.degraded set ended = :now, outcome = :outcome where number = :number",
                "now",
                now,
                "outcome",
                outcome,
                "number",
                degraded.number());
    }

    /** Those that are open first, then the newest. */
    static List<DeathsAnswer.Degraded> newest(Tx tx, int most) {
        return tx.query(
                "select * from continuity.degraded order by ended is not null, number desc limit :most",
                row -> new DeathsAnswer.Degraded(
                        row.number("number"),
                        row.text("name"),
                        row.text("site"),
                        row.text("ails"),
                        row.text("detail"),
                        row.instant("since"),
                        row.maybeInstant("closed"),
                        row.maybeText("maintenance"),
                        row.maybeInstant("well_since"),
                        row.maybeInstant("ended"),
                        row.maybeText("outcome").map(what -> what.toLowerCase(Locale.ROOT))),
                "most",
                most);
    }
}
