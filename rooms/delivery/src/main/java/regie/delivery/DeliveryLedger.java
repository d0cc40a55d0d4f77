package regie.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.ChangeLog;
import regie.kernel.Key;
import regie.kernel.Row;
import regie.kernel.Tx;

/** What waits to be delivered, and what became of it: the only place that reads and writes {@code delivery.delivery}. */
final class DeliveryLedger {
    private DeliveryLedger() {}

    /** A change for a webhook. */
    record Queued(UUID webhook, ChangeLog.Change change, String resource) {}

    /** The first in a line. */
    record Head(
            long number,
            LineLedger.Line line,
            String message,
            ChangeLog.Position position,
            ChangeSort what,
            Instant at,
            Key key,
            String resource,
            int attempts,
            Duration tried) {}

    /** What waits for a webhook, and what was given up. */
    record Counts(int backlog, Optional<Instant> oldest, int dead) {
        static final Counts NOTHING = new Counts(0, Optional.empty(), 0);
    }

    /** In the order given, which is that of their arrival. */
    static void add(Tx tx, List<Queued> queued) {
        tx.change(
                """
                insert into delivery.delivery
                       (webhook, message, transaction, revision, at, change, kind, project, name, object, resource)
                select * from unnest(:webhooks, :messages, :transactions, :revisions, :times, :changes, :kinds, :projects, :names,
                                     :objects, :resources)
                """,
                "webhooks",
                queued.stream().map(Queued::webhook).toList(),
                "messages",
                queued.stream().map(each -> message(each.change())).toList(),
                "transactions",
                queued.stream()
                        .map(each -> each.change().position().transaction())
                        .toList(),
                "revisions",
                queued.stream().map(each -> each.change().position().revision()).toList(),
                "times",
                queued.stream().map(each -> each.change().at()).toList(),
                "changes",
                queued.stream().map(each -> each.change().what()).toList(),
                "kinds",
                queued.stream().map(each -> each.change().key().kind()).toList(),
                "projects",
                queued.stream().map(each -> each.change().key().project()).toList(),
                "names",
                queued.stream().map(each -> each.change().key().name()).toList(),
                "objects",
                queued.stream().map(each -> each.change().uid()).toList(),
                "resources",
                queued.stream().map(Queued::resource).toList());
    }

    /**
     * Of the change alone, so that a replay has it too; with its time, for a database that was restored from a backup gives out
     * revisions a second time.
     */
    static String message(ChangeLog.Change change) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, change.at());
        return "evt_%d_%s".formatted(change.position().revision(), Long.toString(micros, 36));
    }

    /** The first of each of {@code lines}, if any. */
    static List<Head> heads(Tx tx, Collection<LineLedger.Line> lines) {
        if (lines.isEmpty()) return List.of();
        return tx.query(
                """
                select d.*, coalesce(extract(epoch from clock_timestamp() - d.first_at) * 1000, 0)::bigint as tried
                  from unnest(:webhooks, :objects) as l (webhook, object)
                 cross join lateral (select * from delivery.delivery d
                        where d.webhook = l.webhook and d.object = l.object and d.state = 'WAITING' order by number limit 1) d
                """,
                DeliveryLedger::head,
                "webhooks",
                lines.stream().map(LineLedger.Line::webhook).toList(),
                "objects",
                lines.stream().map(LineLedger.Line::object).toList());
    }

    /**
     * Writes down an attempt. Where the delivery was taken out of the queue meanwhile, nothing happens.
     *
     * @param state what it is in now
     */
    static void tried(Tx tx, long number, DeliveryRecord.State state, Outcome outcome, long millis) {
        tx.change(
                """
                update delivery.delivery
                   set state = :state, attempts = attempts + 1, first_at = coalesce(first_at, clock_timestamp()),
                       tried_at = clock_timestamp(), millis = :millis, status = :status::integer, error = :error,
                       finished_at = case when :state = 'WAITING' then null else clock_timestamp() end,
                       resource = case when :state = 'DELIVERED' then null else resource end
                 where number = :number and state = 'WAITING'
                """,
                "number",
                number,
                "state",
                state,
                "millis",
                (int) Math.min(millis, Integer.MAX_VALUE),
                "status",
                outcome.status(),
                "error",
                outcome.error());
    }

    /** Takes out of the queue all that waits from behind {@code from} on. */
    static void withdraw(Tx tx, UUID webhook, ChangeLog.Position from) {
        tx.change("""
                delete from delivery.delivery
                 where webhook = :webhook and state = 'WAITING' and (transaction, revision) > (:transaction, :revision)
                """, "webhook", webhook, "transaction", from.transaction(), "revision", from.revision());
    }

    /** Those of {@code numbers} that are dead wait again, in their old place. All the dead where {@code numbers} is empty. */
    static List<LineLedger.Line> revive(Tx tx, UUID webhook, Collection<Long> numbers) {
        return tx.query(
                """
                update delivery.delivery set state = 'WAITING', finished_at = null, attempts = 0, first_at = null
                 where webhook = :webhook and state = 'DEAD' and (:all or number = any(:numbers::bigint[]))
                returning webhook, object
                """,
                row -> new LineLedger.Line(row.uuid("webhook"), row.uuid("object")),
                "webhook",
                webhook,
                "all",
                numbers.isEmpty(),
                "numbers",
                numbers);
    }

    /** Newest first. */
    static List<DeliveryRecord> page(Tx tx, UUID webhook, DeliverySelection which) {
        return tx.query(
                """
                select * from delivery.delivery
                 where webhook = :webhook and (:state::text is null or state = :state)
                   and (:before::bigint is null or number < :before)
                 order by number desc limit :most
                """,
                DeliveryLedger::record,
                "webhook",
                webhook,
                "state",
                which.state(),
                "before",
                which.before(),
                "most",
                which.most());
    }

    static Map<UUID, Counts> counts(Tx tx, Collection<UUID> webhooks) {
        var counts = new HashMap<UUID, Counts>();
        if (webhooks.isEmpty()) return counts;
        tx.query(
                        """
                        select w.webhook, count(*) filter (where d.state = 'WAITING') as backlog,
                               min(d.queued_at) filter (where d.state = 'WAITING') as oldest,
                               count(*) filter (where d.state = 'DEAD') as dead
                          from unnest(:webhooks) as w (webhook)
                          join delivery.delivery d on d.webhook = w.webhook and d.state in ('WAITING', 'DEAD')
                         group by w.webhook
                        """,
                        row -> Map.entry(
                                row.uuid("webhook"),
                                new Counts(row.integer("backlog"), row.maybeInstant("oldest"), row.integer("dead"))),
                        "webhooks",
                        webhooks)
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /**
     * Drops up to {@code most} of those that were finished longer than {@code age} ago.
     *
     * @return the webhook of each
     */
    static List<UUID> trim(Tx tx, Duration age, int most) {
        return tx.query("""
                delete from delivery.delivery where number in (
                  select number from delivery.delivery where finished_at < clock_timestamp() - :seconds * interval '1 second'
                   order by finished_at limit :most)
                returning webhook
                """, row -> row.uuid("webhook"), "seconds", age.toSeconds(), "most", most);
    }

    private static Head head(Row row) {
        return new Head(
                row.number("number"),
                new LineLedger.Line(row.uuid("webhook"), row.uuid("object")),
                row.text("message"),
                new ChangeLog.Position(row.number("transaction"), row.number("revision")),
                ChangeSort.of(row.text("change")),
                row.instant("at"),
                key(row),
                row.text("resource"),
                row.integer("attempts"),
                Duration.ofMillis(row.number("tried")));
    }

    private static DeliveryRecord record(Row row) {
        return new DeliveryRecord(
                row.number("number"),
                row.text("message"),
                DeliveryRecord.position(row.number("transaction"), row.number("revision")),
                row.instant("at"),
                ChangeSort.of(row.text("change")),
                key(row),
                DeliveryRecord.State.valueOf(row.text("state")),
                row.integer("attempts"),
                row.instant("queued_at"),
                row.maybeInstant("tried_at"),
                row.maybeNumber("millis"),
                row.maybeNumber("status"),
                row.text("error"),
                row.maybeInstant("finished_at"));
    }

    private static Key key(Row row) {
        return new Key(row.text("kind"), row.text("project"), row.text("name"));
    }
}
