package regie.identity;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import regie.kernel.Key;
import regie.kernel.Row;
import regie.kernel.Tx;

/** The only place that reads and writes {@code identity.audit}. */
final class AuditLedger {
    private AuditLedger() {}

    /** @param fields how many of its fields were changed */
    record Line(Key key, UUID uid, long generation, int fields) {}

    static void write(Tx tx, Caller caller, String verb, List<Line> lines) {
        write(tx, verb, lines, _ -> caller);
    }

    /** @param whose who did what each line says */
    static void write(Tx tx, String verb, List<Line> lines, Function<Line, Caller> whose) {
        if (lines.isEmpty()) return;
        tx.hint(AuditSeals.TOPIC);
        var callers = lines.stream().map(whose).toList();
        tx.change(
                """
                insert into identity.audit (who, token, request, verb, kind, project, name, uid, generation, fields)
                select who, token, request, :verb, kind, project, name, uid, generation, fields
                  from unnest(:whos, :tokens, :requests, :kinds, :projects, :names, :uids, :generations, :fields)
                       as line (who, token, request, kind, project, name, uid, generation, fields)
                """,
                "verb",
                verb,
                "whos",
                callers.stream().map(Caller::name).toList(),
                "tokens",
                callers.stream().map(Caller::token).toList(),
                "requests",
                callers.stream().map(Caller::request).toList(),
                "kinds",
                lines.stream().map(line -> line.key().kind()).toList(),
                "projects",
                lines.stream().map(line -> line.key().project()).toList(),
                "names",
                lines.stream().map(line -> line.key().name()).toList(),
                "uids",
                lines.stream().map(Line::uid).toList(),
                "generations",
                lines.stream().map(Line::generation).toList(),
                "fields",
                lines.stream().map(Line::fields).toList());
    }

    /**
     * Where a seal over the next {@code most} rows or some more would end: all transactions from {@code from} to there are over.
     * Empty where there is none.
     */
    static Optional<Long> end(Tx tx, long from, int most) {
        return tx.first("""
                        select max(transaction)::text::bigint as last
                          from (select transaction from identity.audit
                                 where transaction >= :from::text::xid8 and transaction < pg_snapshot_xmin(pg_current_snapshot())
                                 order by transaction, number limit :most) next
                        """, row -> row.maybeNumber("last"), "from", Long.toString(from), "most", most)
                .flatMap(last -> last)
                .map(last -> last + 1);
    }

    /** Written by the transactions from {@code from} to before {@code until}, in the order in which they are sealed. */
    static List<Seal.Line> between(Tx tx, long from, long until) {
        return tx.query(
                """
                select transaction::text::bigint as written_by, true as sealed, number, at, who, token, request, verb, kind, project,
                       name, uid, generation, fields
                  from identity.audit
                 where transaction >= :from::text::xid8 and transaction < :until::text::xid8
                 order by transaction, number
                """,
                row -> new Seal.Line(row.number("written_by"), entry(row)),
                "from",
                Long.toString(from),
                "until",
                Long.toString(until));
    }

    /** How many were written by {@code from} and later transactions. */
    static long countFrom(Tx tx, long from) {
        return tx.query(
                        "select count(*) as count from identity.audit where transaction >= :from::text::xid8",
                        row -> row.number("count"),
                        "from",
                        Long.toString(from))
                .getFirst();
    }

    /** Newest first. */
    static List<AuditEntry> page(Tx tx, AuditSelection which) {
        return tx.query(
                """
                select number, at, who, token, request, verb, kind, project, name, uid, generation, fields,
                       transaction < coalesce((select until from identity.seal order by identity.seal.number desc limit 1), '0') as sealed
                  from identity.audit
                 where (:kind::text is null or kind = :kind) and (:project::text is null or project = :project)
                   and (:name::text is null or name = :name) and (:who::text is null or who = :who)
                   and (:before::bigint is null or number < :before)
                 order by number desc limit :most
                """,
                AuditLedger::entry,
                "kind",
                which.kind(),
                "project",
                which.project(),
                "name",
                which.name(),
                "who",
                which.who(),
                "before",
                which.before(),
                "most",
                which.most());
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.number("number"),
                row.instant("at"),
                row.text("who"),
                row.uuid("token"),
                row.text("request"),
                row.text("verb"),
                new Key(row.text("kind"), row.text("project"), row.text("name")),
                row.uuid("uid"),
                row.number("generation"),
                row.integer("fields"),
                row.flag("sealed"));
    }
}
