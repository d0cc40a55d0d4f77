package regie.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Tx;

/** The only place that reads and writes {@code delivery.secret}. */
final class SecretLedger {
    private SecretLedger() {}

    /**
     * Adds the newest secret. The one before ends after {@code overlap}; what was ending already ends now, so that there are never
     * more than two.
     */
    static void add(Tx tx, UUID uid, UUID webhook, byte[] sealed, Duration overlap) {
        tx.change("delete from delivery.secret where webhook = :webhook and ends_at is not null", "webhook", webhook);
        tx.change("""
                update delivery.secret set ends_at = clock_timestamp() + :overlap * interval '1 second' where webhook = :webhook
                """, "webhook", webhook, "overlap", overlap.toSeconds());
        tx.change(
                "insert into delivery.secret (id, webhook, sealed) values (:id, :webhook, :sealed)",
                "id",
                uid,
                "webhook",
                webhook,
                "sealed",
                sealed);
    }

    /** Those that are good now, by webhook; the newest first. */
    static Map<UUID, List<byte[]>> sealed(Tx tx, Collection<UUID> webhooks) {
        var byWebhook = new HashMap<UUID, List<byte[]>>();
        tx.query("""
                        select webhook, sealed from delivery.secret
                         where webhook = any(:webhooks) and (ends_at is null or ends_at > clock_timestamp())
                         order by ends_at nulls first
                        """, row -> Map.entry(row.uuid("webhook"), row.bytes("sealed")), "webhooks", webhooks)
                .forEach(entry -> byWebhook
                        .computeIfAbsent(entry.getKey(), _ -> new java.util.ArrayList<>())
                        .add(entry.getValue()));
        return byWebhook;
    }

    /** @return the webhook of each */
    static List<UUID> deleteEnded(Tx tx) {
        return tx.query(
                "delete from delivery.secret where ends_at < clock_timestamp() returning webhook",
                row -> row.uuid("webhook"));
    }
}
