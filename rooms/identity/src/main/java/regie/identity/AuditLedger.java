package regie.identity;

import java.util.List;
import java.util.UUID;
import regie.kernel.Key;
import regie.kernel.Tx;

/** The only place that reads and writes {@code identity.audit}. */
final class AuditLedger {
    private AuditLedger() {}

    /** @param fields how many of its fields were changed */
    record Line(Key key, UUID uid, long generation, int fields) {}

    static void write(Tx tx, Caller caller, String verb, List<Line> lines) {
        if (lines.isEmpty()) return;
        tx.change(
                """
                insert into identity.audit (who, token, request, verb, kind, project, name, uid, generation, fields)
                select :who, :token, :request, :verb, * from unnest(:kinds, :projects, :names, :uids, :generations, :fields)
                """,
                "who",
                caller.name(),
                "token",
                caller.token(),
                "request",
                caller.request(),
                "verb",
                verb,
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

    /** Newest first. */
    static List<AuditEntry> page(Tx tx, AuditSelection which) {
        return tx.query(
                """
                select number, at, who, token, request, verb, kind, project, name, uid, generation, fields
                  from identity.audit
                 where (:kind::text is null or kind = :kind) and (:project::text is null or project = :project)
                   and (:name::text is null or name = :name) and (:who::text is null or who = :who)
                   and (:before::bigint is null or number < :before)
                 order by number desc limit :most
                """,
                row -> new AuditEntry(
                        row.number("number"),
                        row.instant("at"),
                        row.text("who"),
                        row.uuid("token"),
                        row.text("request"),
                        row.text("verb"),
                        new Key(row.text("kind"), row.text("project"), row.text("name")),
                        row.uuid("uid"),
                        row.number("generation"),
                        row.integer("fields")),
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
}
