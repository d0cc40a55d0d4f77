package regie.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every change of every declared resource, in an order that never changes afterwards and leaves out nothing: what was read up to a
 * position is complete, also where transactions commit out of order. The changes of one resource come as they were made; no
 * change stands before its own transaction, so none can appear behind a reader.
 */
public final class ChangeLog {
    public static final String TOPIC = "log";

    private ChangeLog() {}

    /** Where a reader stands: behind the change {@code revision} of {@code transaction}. Text form: {@code 815-4711}. */
    public record Position(long transaction, long revision) implements Comparable<Position> {
        public static final Position START = new Position(0, 0);

        public static Optional<Position> parse(String text) {
            var matcher =
                    java.util.regex.Pattern.compile("(\\d{1,18})-(\\d{1,18})").matcher(text);
            if (!matcher.matches()) return Optional.empty();
            return Optional.of(new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
        }

        @Override
        public int compareTo(Position other) {
            int byTransaction = Long.compare(transaction, other.transaction);
            return byTransaction != 0 ? byTransaction : Long.compare(revision, other.revision);
        }

        @Override
        public String toString() {
            return transaction + "-" + revision;
        }
    }

    /**
     * @param what one of created, changed, reported, deleting, deleted
     * @param body the whole resource as JSON, as it was right after
     */
    public record Change(Position position, Instant at, String actor, String what, Key key, UUID uid, String body) {

        /** The resource as it was right after, as everybody sees it: times in UTC, and no field that has nothing. */
        public ObjectNode resource() {
            var resource = Json.MAPPER.createObjectNode();
            resource.put("kind", key.kind());
            resource.put("name", key.name());
            if (!key.project().isEmpty()) resource.put("project", key.project());
            for (var field : Json.tree(body).properties()) {
                if (!field.getValue().isNull()) resource.set(field.getKey(), field.getValue());
            }
            for (var time : new String[] {"createdAt", "deletingAt"}) {
                if (resource.has(time))
                    resource.put(time, utc(resource.path(time).stringValue()));
            }
            return resource;
        }

        /** PostgreSQL writes times with an offset. */
        private static String utc(String time) {
            return OffsetDateTime.parse(time).toInstant().toString();
        }
    }

    /** Up to {@code most} changes behind {@code after}, oldest first. */
    public static List<Change> read(Tx tx, Position after, int most) {
        return tx.query(
                """
                select transaction::text::bigint as transaction, revision, at, actor, change, kind, project, name, uid, body
                  from kernel.log
                 where (transaction, revision) > (:transaction::text::xid8, :revision)
                   and transaction < pg_snapshot_xmin(pg_current_snapshot())
                 order by log.transaction, log.revision limit :most
                """,
                row -> new Change(
                        new Position(row.number("transaction"), row.number("revision")),
                        row.instant("at"),
                        row.text("actor"),
                        row.text("change"),
                        new Key(row.text("kind"), row.text("project"), row.text("name")),
                        row.uuid("uid"),
                        row.text("body")),
                "transaction",
                Long.toString(after.transaction()),
                "revision",
                after.revision(),
                "most",
                most);
    }

    /**
     * What one transaction did to one resource.
     *
     * @param body the whole resource as JSON, as it was right after; only where it was changed alone
     */
    public record Written(
            String what, Key key, UUID uid, long generation, Optional<UUID> owner, Optional<String> body) {}

    /** All that {@code tx} itself has changed so far, in its order; of a part of a transaction, what the part has changed. */
    public static List<Written> writtenBy(Tx tx) {
        return tx.written();
    }

    /**
     * Behind all that is complete now: a list read after this, and a watch from here, together miss nothing. It is the place of a
     * change that was committed, because PostgreSQL gives out anew, after a crash, the ids of transactions that came to nothing.
     */
    public static Position end(Tx tx) {
        return tx.first("""
                        select transaction::text::bigint as transaction, revision from kernel.log
                         where transaction < pg_snapshot_xmin(pg_current_snapshot())
                         order by log.transaction desc, log.revision desc limit 1
                        """, row -> new Position(row.number("transaction"), row.number("revision")))
                .orElseGet(() -> oldest(tx));
    }

    /** Where the log first speaks of the resource {@code uid}: its creation, unless that was trimmed away; empty where all was. */
    public static Optional<Position> first(Tx tx, UUID uid) {
        return tx.first("""
                select transaction::text::bigint as transaction, revision from kernel.log where uid = :uid order by revision limit 1
                """, row -> new Position(row.number("transaction"), row.number("revision")), "uid", uid);
    }

    /** The oldest position from which nothing was trimmed away. */
    public static Position oldest(Tx tx) {
        return tx.first(
                        "select transaction::text::bigint as transaction, revision from kernel.trimmed",
                        row -> new Position(row.number("transaction"), row.number("revision")))
                .orElseThrow();
    }

    /** Drops what is older than {@code age}; who watches from before is told so. */
    public static void trim(Tx tx, Duration age) {
        tx.change("""
                with gone as (
                  delete from kernel.log where at < clock_timestamp() - :seconds * interval '1 second'
                     and transaction < pg_snapshot_xmin(pg_current_snapshot())
                  returning transaction, revision),
                last as (select transaction, revision from gone order by transaction desc, revision desc limit 1)
                update kernel.trimmed t set transaction = last.transaction, revision = last.revision from last
                 where (last.transaction, last.revision) > (t.transaction, t.revision)
                """, "seconds", age.toSeconds());
    }
}
