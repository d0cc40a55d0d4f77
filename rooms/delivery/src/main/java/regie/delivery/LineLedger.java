package regie.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import regie.kernel.Tx;

/**
 * Who stands in line: the only place that reads and writes {@code delivery.line}. Wherever several are locked at once, it is in order
 * of webhook and object, so that nobody waits for another in a circle.
 */
final class LineLedger {
    private LineLedger() {}

    /** The changes of {@code object} that wait for {@code webhook}. */
    record Line(UUID webhook, UUID object) {}

    /** A webhook with something to deliver now, and its failures in a row. */
    record Due(UUID webhook, String kind, int failures) {}

    /**
     * Makes sure that each line is there. A line that is being delivered stays as it is, but is locked: were it just ignored, whoever
     * is taking it away as empty would not know of what was added.
     */
    static void join(Tx tx, Collection<Line> lines) {
        if (lines.isEmpty()) return;
        tx.change(
                """
                insert into delivery.line as l (webhook, object)
                select webhook, object from unnest(:webhooks, :objects) as t (webhook, object)
                 group by webhook, object order by webhook, object
                on conflict (webhook, object) do update set due_at = l.due_at
                """,
                "webhooks",
                lines.stream().map(Line::webhook).toList(),
                "objects",
                lines.stream().map(Line::object).toList());
        tx.hint(Dispatcher.TOPIC);
    }

    /** Makes all lines of a webhook due now. */
    static void hurry(Tx tx, UUID webhook) {
        tx.change("""
                with waiting as materialized (
                  select webhook, object from delivery.line where webhook = :webhook and due_at > clock_timestamp()
                   order by webhook, object for update)
                update delivery.line l set due_at = clock_timestamp() from waiting
                 where l.webhook = waiting.webhook and l.object = waiting.object
                """, "webhook", webhook);
        tx.hint(Dispatcher.TOPIC);
    }

    /** Webhooks that may be delivered to and have a line that is due. */
    static List<Due> due(Tx tx) {
        return tx.query("""
                select c.webhook, c.kind, c.failures from delivery.course c
                 where not c.paused and c.gone_at is null and (c.rest_until is null or c.rest_until <= clock_timestamp())
                   and exists (select from delivery.secret s
                                where s.webhook = c.webhook and (s.ends_at is null or s.ends_at > clock_timestamp()))
                   and exists (select from delivery.line l
                                where l.webhook = c.webhook and l.due_at <= clock_timestamp()
                                  and (l.lease_until is null or l.lease_until < clock_timestamp()))
                """, row -> new Due(row.uuid("webhook"), row.text("kind"), row.integer("failures")));
    }

    /** Takes up to {@code most} due lines of a webhook; nobody else gets them before the lease ends. */
    static List<Line> take(Tx tx, String owner, UUID webhook, int most, Duration lease) {
        return tx.query(
                """
                with due as materialized (
                  select webhook, object from delivery.line
                   where webhook = :webhook and due_at <= clock_timestamp()
                     and (lease_until is null or lease_until < clock_timestamp())
                   order by due_at limit :most for update skip locked)
                update delivery.line l set lease_until = clock_timestamp() + :lease * interval '1 ms', owner = :owner
                  from due where l.webhook = due.webhook and l.object = due.object
                returning l.webhook, l.object
                """,
                row -> new Line(row.uuid("webhook"), row.uuid("object")),
                "webhook",
                webhook,
                "most",
                most,
                "owner",
                owner,
                "lease",
                lease.toMillis());
    }

    /** A server that lives keeps what it is delivering; what it lost meanwhile it does not take back. */
    static void renew(Tx tx, String owner, Collection<Line> lines, Duration lease) {
        tx.change(
                """
                with held as materialized (
                  select webhook, object from delivery.line
                   where owner = :owner and (webhook, object) in (select * from unnest(:webhooks, :objects))
                   order by webhook, object for update)
                update delivery.line l set lease_until = clock_timestamp() + :lease * interval '1 ms' from held
                 where l.webhook = held.webhook and l.object = held.object and l.lease_until >= clock_timestamp()
                """,
                "owner",
                owner,
                "webhooks",
                lines.stream().map(Line::webhook).toList(),
                "objects",
                lines.stream().map(Line::object).toList(),
                "lease",
                lease.toMillis());
    }

    /** Locks the line until the end of {@code tx}; false where {@code owner} has lost it. */
    static boolean hold(Tx tx, String owner, Line line) {
        return tx.first(
                        """
                        select webhook from delivery.line where webhook = :webhook and object = :object and owner = :owner for update
                        """,
                        row -> row.uuid("webhook"),
                        "webhook",
                        line.webhook(),
                        "object",
                        line.object(),
                        "owner",
                        owner)
                .isPresent();
    }

    /** Gives back a line that {@link #hold} holds: for others after {@code pause}, or away with it where nobody stands in it. */
    static void release(Tx tx, Line line, Duration pause) {
        int left = tx.change("""
                update delivery.line l
                   set due_at = clock_timestamp() + :pause * interval '1 ms', lease_until = null, owner = null
                 where webhook = :webhook and object = :object
                   and exists (select from delivery.delivery d
                                where d.webhook = l.webhook and d.object = l.object and d.state = 'WAITING')
                """, "webhook", line.webhook(), "object", line.object(), "pause", pause.toMillis());
        if (left == 0) {
            tx.change(
                    "delete from delivery.line where webhook = :webhook and object = :object",
                    "webhook",
                    line.webhook(),
                    "object",
                    line.object());
        }
    }

    /** Gives back all at once, because {@code owner} goes. */
    static void releaseAll(Tx tx, String owner) {
        tx.change("""
                with held as materialized (
                  select webhook, object from delivery.line where owner = :owner order by webhook, object for update)
                update delivery.line l set lease_until = null, owner = null from held
                 where l.webhook = held.webhook and l.object = held.object
                """, "owner", owner);
        tx.hint(Dispatcher.TOPIC);
    }

    static void deleteOf(Tx tx, UUID webhook) {
        tx.change("""
                with held as materialized (
                  select webhook, object from delivery.line where webhook = :webhook order by webhook, object for update)
                delete from delivery.line l using held where l.webhook = held.webhook and l.object = held.object
                """, "webhook", webhook);
    }
}
