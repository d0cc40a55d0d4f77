package regie.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Why a resource is as it is.
 *
 * @param holds what waits, and for what: the status's own word
 * @param references what it needs
 * @param neededBy what can't be without it, at most {@value #SHOWN_MAX}
 * @param work whether a loop still has to look at it
 * @param changes the last ones, newest first
 */
public record Explanation(
        Key key,
        List<Hold> holds,
        List<Link> references,
        List<Link> neededBy,
        Optional<Work> work,
        List<Entry> changes) {
    private static final int SHOWN_MAX = 100;
    private static final int CHANGES_MAX = 10;

    /** @param field where the reference stands in the spec of who refers */
    public record Link(String field, Key key) {}

    /** @param attempt how often it was tried since something changed */
    public record Work(int attempt, Instant dueAt) {}

    public record Entry(String position, Instant at, String actor, String what, long generation) {}

    public static Explanation of(Tx tx, Declared<?, ?> declared) {
        return new Explanation(
                declared.key(),
                holds(declared),
                links(tx, "from_uid", "to_uid", declared.uid()),
                links(tx, "to_uid", "from_uid", declared.uid()),
                work(tx, declared),
                changes(tx, declared.uid()));
    }

    private static List<Hold> holds(Declared<?, ?> declared) {
        return Json.tree((Object) declared.status())
                .path("holds")
                .valueStream()
                .map(hold -> new Hold(
                        hold.path("code").asString(""), hold.path("detail").asString("")))
                .toList();
    }

    private static List<Link> links(Tx tx, String near, String far, UUID uid) {
        return tx.query(
                """
                select field, kind, project, name from kernel.reference join kernel.resource on uid = %s
                 where %s = :uid order by kind, project, name, field limit :most
                """.formatted(far, near),
                row -> new Link(row.text("field"), new Key(row.text("kind"), row.text("project"), row.text("name"))),
                "uid",
                uid,
                "most",
                SHOWN_MAX);
    }

    private static Optional<Work> work(Tx tx, Declared<?, ?> declared) {
        return tx.first(
                "select attempt, due_at from kernel.work where kind = :kind and object = :uid",
                row -> new Work(row.integer("attempt"), row.instant("due_at")),
                "kind",
                declared.key().kind(),
                "uid",
                declared.uid());
    }

    private static List<Entry> changes(Tx tx, UUID uid) {
        return tx.query(
                """
                select transaction::text::bigint as transaction, revision, at, actor, change,
                       (body->>'generation')::bigint as generation
                  from kernel.log where uid = :uid order by revision desc limit :most
                """,
                row -> new Entry(
                        new ChangeLog.Position(row.number("transaction"), row.number("revision")).toString(),
                        row.instant("at"),
                        row.text("actor"),
                        row.text("change"),
                        row.number("generation")),
                "uid",
                uid,
                "most",
                CHANGES_MAX);
    }
}
