package regie.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Tx;

/** The only place that reads and writes {@code identity.repeat}. */
final class RepeatLedger {
    private RepeatLedger() {}

    /** @param request SHA-256 of what was asked for */
    @SuppressWarnings("ArrayRecordComponent") // carried, and never compared
    record Kept(byte[] request, Repeats.Answer answer) {}

    /** False where another transaction holds it. */
    static boolean lock(Tx tx, long lock) {
        return tx.first("select pg_try_advisory_xact_lock(:lock) as free", row -> row.flag("free"), "lock", lock)
                .orElseThrow();
    }

    static Optional<Kept> find(Tx tx, UUID token, String key, Duration kept) {
        return tx.first(
                """
                select request, status, media_type, etag, body from identity.repeat
                 where token = :token and key = :key and at > clock_timestamp() - :seconds * interval '1 second'
                """,
                row -> new Kept(
                        row.bytes("request"),
                        new Repeats.Answer(
                                row.integer("status"),
                                row.text("media_type"),
                                row.maybeText("etag"),
                                row.bytes("body"))),
                "token",
                token,
                "key",
                key,
                "seconds",
                kept.toSeconds());
    }

    /** In place of one that is too old, where there is one. */
    static void keep(Tx tx, UUID token, String key, byte[] request, Repeats.Answer answer) {
        tx.change(
                """
                insert into identity.repeat (token, key, request, status, media_type, etag, body)
                values (:token, :key, :request, :status, :mediaType, :etag, :body)
                on conflict (token, key) do update
                   set request = excluded.request, status = excluded.status, media_type = excluded.media_type,
                       etag = excluded.etag, body = excluded.body, at = excluded.at
                """,
                "token",
                token,
                "key",
                key,
                "request",
                request,
                "status",
                answer.status(),
                "mediaType",
                answer.mediaType(),
                "etag",
                answer.etag(),
                "body",
                answer.body());
    }

    static void forget(Tx tx, Duration kept) {
        tx.change(
                "delete from identity.repeat where at <= clock_timestamp() - :seconds * interval '1 second'",
                "seconds",
                kept.toSeconds());
    }
}
