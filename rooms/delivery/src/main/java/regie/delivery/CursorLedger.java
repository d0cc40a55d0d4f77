package regie.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.ChangeLog.Position;
import regie.kernel.Row;
import regie.kernel.Tx;

/** How far each webhook has read the log: the only place that reads and writes {@code delivery.cursor}. */
final class CursorLedger {
    private CursorLedger() {}

    record Cursor(UUID webhook, String kind, Position position) {}

    static void begin(Tx tx, UUID webhook, Position at) {
        tx.change("""
                insert into delivery.cursor (webhook, transaction, revision) values (:webhook, :transaction, :revision)
                on conflict (webhook) do nothing
                """, "webhook", webhook, "transaction", at.transaction(), "revision", at.revision());
    }

    /** Those that have not read as far as {@code end}, and have fewer than {@code backlogMax} waiting. */
    static List<Cursor> behind(Tx tx, Position end, int backlogMax) {
        return tx.query(
                """
                select cursor.webhook, course.kind, cursor.transaction, cursor.revision
                  from delivery.cursor join delivery.course using (webhook)
                 where (cursor.transaction, cursor.revision) < (:transaction, :revision)
                   and (select count(*) from (select from delivery.delivery d
                         where d.webhook = cursor.webhook and d.state = 'WAITING' limit :most) waiting) < :most
                """,
                CursorLedger::cursor,
                "transaction",
                end.transaction(),
                "revision",
                end.revision(),
                "most",
                backlogMax);
    }

    /** Locks those of {@code webhooks} that still stand at {@code at}; another server has moved the others on, or is doing so. */
    static List<UUID> lock(Tx tx, Collection<UUID> webhooks, Position at) {
        return tx.query(
                """
                select webhook from delivery.cursor
                 where webhook = any(:webhooks) and transaction = :transaction and revision = :revision
                 order by webhook for update skip locked
                """,
                row -> row.uuid("webhook"),
                "webhooks",
                webhooks,
                "transaction",
                at.transaction(),
                "revision",
                at.revision());
    }

    /** Locks the cursor of one webhook; empty where the webhook has none yet. */
    static Optional<Position> lock(Tx tx, UUID webhook) {
        return tx.first(
                "select transaction, revision from delivery.cursor where webhook = :webhook for update",
                CursorLedger::position,
                "webhook",
                webhook);
    }

    static void move(Tx tx, Collection<UUID> webhooks, Position to) {
        tx.change("""
                update delivery.cursor set transaction = :transaction, revision = :revision where webhook = any(:webhooks)
                """, "webhooks", webhooks, "transaction", to.transaction(), "revision", to.revision());
    }

    private static Cursor cursor(Row row) {
        return new Cursor(row.uuid("webhook"), row.text("kind"), position(row));
    }

    private static Position position(Row row) {
        return new Position(row.number("transaction"), row.number("revision"));
    }
}
