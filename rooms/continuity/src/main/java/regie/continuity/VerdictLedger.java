package regie.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.continuity.Verdict.Said;
import regie.kernel.Row;
import regie.kernel.Tx;

/** The only place with SQL on {@code continuity.verdict}. */
final class VerdictLedger {
    /** Of those that have ended, so many are remembered. */
    private static final int KEPT = 10_000;

    private VerdictLedger() {}

    static List<Verdict> open(Tx tx) {
        return tx.query("select * from continuity.verdict where ended is null order by number", VerdictLedger::verdict);
    }

    private static Verdict verdict(Row row) {
        return new Verdict(
                row.number("number"),
                row.uuid("server"),
                row.text("name"),
                row.text("site"),
                row.instant("suspected"),
                row.maybeInstant("condemned"),
                row.maybeInstant("asked"),
                row.maybeText("power")
                        .map(said ->
                                new Verdict.Answer(Said.valueOf(said), row.instant("answered"), row.text("fault"))),
                row.maybeInstant("told_off"),
                row.integer("offs"));
    }

    /** Who may have no lease, by the number of its verdict. */
    static Map<UUID, Long> condemned(Tx tx) {
        return tx
                .query(
                        "select server, max(number) as number from continuity.verdict where condemned is not null and lifted is null group by server",
                        row -> Map.entry(row.uuid("server"), row.number("number")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Set<UUID> endedUnlifted(Tx tx) {
        return Set.copyOf(tx.query(
                "select distinct server from continuity.verdict where condemned is not null and lifted is null and ended is not null",
                row -> row.uuid("server")));
    }

    static void open(Tx tx, VerdictStep.Suspect step) {
        tx.change(
                """
                insert into continuity.verdict (server, name, site, suspected) values (:server, :name, :site, :since)
                on conflict do nothing
                """,
                "server",
                step.host().server(),
                "name",
                step.host().name(),
                "site",
                step.host().site(),
                "since",
                step.suspicion().since());
        tx.change(
                "delete from continuity.verdict where ended is not null and (condemned is null or lifted is not null) and number <= (select max(number) from continuity.verdict) - :kept",
                "kept",
                KEPT);
    }

    static void asking(Tx tx, Verdict verdict, Instant now) {
        tx.change(
                "update continuity.verdict set asked = :now where number = :number",
                "now",
                now,
                "number",
                verdict.number());
    }

    static void cutting(Tx tx, Verdict verdict, Instant now) {
        tx.change(
                "update continuity.verdict set asked = :now, told_off = :now, offs = offs + 1 where number = :number",
                "now",
                now,
                "number",
                verdict.number());
    }

    /** @param asked when the question was put; where another was put since, this is of no interest any more */
    static void answered(Tx tx, long number, Instant asked, Said said, String fault) {
        tx.change("""
                update continuity.verdict set answered = :asked, power = :said, fault = :fault
                 where number = :number and ended is null and (answered is null or answered <= :asked)
                """, "asked", asked, "said", said, "fault", fault, "number", number);
    }

    static void condemn(Tx tx, Verdict verdict, Instant now) {
        tx.change(
                "update continuity.verdict set condemned = :now where number = :number and condemned is null",
                "now",
                now,
                "number",
                verdict.number());
    }

    /**
     * However it was proven, it is condemned from here on: should it come back, nobody grants it anything before it has come back clean,
     * so that it can't start what it had.
     */
    static void dead(Tx tx, Verdict verdict, String proof, Instant now) {
        tx.change("""
                update continuity.verdict set ended = :now, outcome = 'DEAD', proof = :proof, condemned = coalesce(condemned, :now)
                 where number = :number and ended is null
                """, "now", now, "proof", proof, "number", verdict.number());
    }

    /** It is heard again, and may have leases again. */
    static void acquit(Tx tx, Verdict verdict, Instant now) {
        tx.change(
                "update continuity.verdict set ended = :now, outcome = 'HEARD', lifted = :now where number = :number and ended is null",
                "now",
                now,
                "number",
                verdict.number());
    }

    static void lift(Tx tx, UUID server, Instant now) {
        tx.change(
                "update continuity.verdict set lifted = :now where server = :server and ended is not null and lifted is null",
                "now",
                now,
                "server",
                server);
    }

    /** The newest first. */
    static List<DeathsAnswer.Verdict> newest(Tx tx, int most) {
        return tx.query(
                "select * from continuity.verdict order by ended is not null, number desc limit :most",
                row -> new DeathsAnswer.Verdict(
                        row.number("number"),
                        row.text("name"),
                        row.text("site"),
                        row.instant("suspected"),
                        row.maybeInstant("condemned"),
                        row.maybeInstant("told_off"),
                        row.maybeText("power").map(said -> said.toLowerCase(java.util.Locale.ROOT)),
                        row.text("fault"),
                        row.maybeInstant("ended"),
                        row.maybeText("outcome").map(what -> what.toLowerCase(java.util.Locale.ROOT)),
                        row.text("proof")),
                "most",
                most);
    }
}
