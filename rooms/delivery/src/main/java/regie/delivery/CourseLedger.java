package regie.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Declared;
import regie.kernel.Kind;
import regie.kernel.Row;
import regie.kernel.Tx;

/** How it goes with each webhook: the only place that reads and writes {@code delivery.course}. */
final class CourseLedger {
    /** How long news that nobody waits for may stay out of the status: each writing of it is a change in the log. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private CourseLedger() {}

    record Course(
            UUID webhook,
            boolean paused,
            Optional<Instant> goneAt,
            Optional<Instant> restUntil,
            int failures,
            Optional<Instant> lastSuccessAt,
            Optional<Instant> lastFailureAt,
            String lastFailure,
            Optional<Missed> missed) {}

    /** A part of the log that was trimmed before it was read. */
    record Missed(String from, String to) {}

    /** Brings the row in line with what is declared; a webhook that was changed starts anew where its receiver had gone. */
    static void declare(Tx tx, Declared<WebhookSpec, WebhookStatus> webhook) {
        tx.change(
                """
                insert into delivery.course as c (webhook, kind, generation, paused) values (:webhook, :kind, :generation, :paused)
                on conflict (webhook) do update
                   set generation = excluded.generation, paused = excluded.paused, gone_at = null, rest_until = null,
                       missed_from = null, missed_to = null, stale_at = clock_timestamp()
                 where c.generation <> excluded.generation
                """,
                "webhook",
                webhook.uid(),
                "kind",
                webhook.key().kind(),
                "generation",
                webhook.generation(),
                "paused",
                webhook.spec().paused());
    }

    /** Whether there is a row for the webhook as it is declared now; locks nothing. */
    static boolean has(Tx tx, Declared<WebhookSpec, WebhookStatus> webhook) {
        return tx.first(
                        "select webhook from delivery.course where webhook = :webhook and generation = :generation",
                        row -> row.uuid("webhook"),
                        "webhook",
                        webhook.uid(),
                        "generation",
                        webhook.generation())
                .isPresent();
    }

    /** Takes the webhook's rows of all tables away. */
    static void delete(Tx tx, UUID webhook) {
        // Cursor and lines first: whoever holds them takes the course last.
        tx.change("delete from delivery.cursor where webhook = :webhook", "webhook", webhook);
        LineLedger.deleteOf(tx, webhook);
        tx.change("delete from delivery.course where webhook = :webhook", "webhook", webhook);
    }

    static void succeeded(Tx tx, UUID webhook) {
        tx.change("""
                update delivery.course
                   set last_success_at = clock_timestamp(), failures = 0, rest_until = null,
                       stale_at = least(stale_at, clock_timestamp() + case when failures > 0 then 0 else :calm end * interval '1 ms')
                 where webhook = :webhook
                """, "webhook", webhook, "calm", CALM.toMillis());
    }

    /** @param rest the whole webhook is left alone for so long */
    static void failed(Tx tx, UUID webhook, String error, Duration rest) {
        tx.change("""
                update delivery.course
                   set last_failure_at = clock_timestamp(), last_failure = :error, failures = failures + 1,
                       rest_until = greatest(rest_until, clock_timestamp() + :rest * interval '1 ms'),
                       stale_at = least(stale_at, clock_timestamp() + case when failures > 0 then :calm else 0 end * interval '1 ms')
                 where webhook = :webhook
                """, "webhook", webhook, "error", error, "rest", rest.toMillis(), "calm", CALM.toMillis());
    }

    static void gone(Tx tx, UUID webhook, String error) {
        tx.change("""
                update delivery.course
                   set gone_at = clock_timestamp(), last_failure_at = clock_timestamp(), last_failure = :error,
                       failures = failures + 1, stale_at = clock_timestamp()
                 where webhook = :webhook
                """, "webhook", webhook, "error", error);
    }

    static void missed(Tx tx, UUID webhook, Missed missed) {
        tx.change("""
                update delivery.course
                   set missed_from = coalesce(missed_from, :from), missed_to = :to, stale_at = clock_timestamp()
                 where webhook = :webhook
                """, "webhook", webhook, "from", missed.from(), "to", missed.to());
    }

    /** Somebody looked at it and wants it to go on: what it waited for is forgotten. */
    static void resume(Tx tx, UUID webhook) {
        tx.change("""
                update delivery.course
                   set gone_at = null, rest_until = null, missed_from = null, missed_to = null, stale_at = clock_timestamp()
                 where webhook = :webhook
                """, "webhook", webhook);
    }

    /** Something waits that did not: soon is soon enough. */
    static void stale(Tx tx, List<UUID> webhooks) {
        tx.change("""
                update delivery.course set stale_at = least(stale_at, clock_timestamp() + :calm * interval '1 ms')
                 where webhook = any(:webhooks) and stale_at is null
                """, "webhooks", webhooks, "calm", CALM.toMillis());
    }

    static void staleNow(Tx tx, UUID webhook) {
        tx.change(
                "update delivery.course set stale_at = clock_timestamp() where webhook = :webhook", "webhook", webhook);
    }

    /** Takes those whose status is to be written anew, and holds them until the end of {@code tx}. */
    static List<Course> takeStale(Tx tx, Kind<?, ?> kind, int most) {
        return tx.query("""
                with due as materialized (
                  select webhook from delivery.course where kind = :kind and stale_at <= clock_timestamp()
                   order by stale_at limit :most for no key update skip locked)
                update delivery.course c set stale_at = null from due where c.webhook = due.webhook returning c.*
                """, CourseLedger::course, "kind", kind.name(), "most", most);
    }

    private static Course course(Row row) {
        return new Course(
                row.uuid("webhook"),
                row.flag("paused"),
                row.maybeInstant("gone_at"),
                row.maybeInstant("rest_until"),
                row.integer("failures"),
                row.maybeInstant("last_success_at"),
                row.maybeInstant("last_failure_at"),
                row.text("last_failure"),
                row.maybeText("missed_from").map(from -> new Missed(from, row.text("missed_to"))));
    }
}
