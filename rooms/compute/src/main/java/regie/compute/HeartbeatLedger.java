package regie.compute;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Tx;

/** When members were last heard: the only code that touches {@code compute.heartbeat} and {@code compute.listening}. */
final class HeartbeatLedger {
    /** Longer than any server takes from one look to the next: whoever was away for that long may have missed heartbeats. */
    private static final int PAUSE_SECONDS = 10;

    private HeartbeatLedger() {}

    /** Whether no fleet waits for heartbeats. */
    static boolean isIdle(Tx tx) {
        return tx.first("select fleet from compute.probing where by_heartbeat limit 1", row -> row.uuid("fleet"))
                .isEmpty();
    }

    /** Some server of the room listens. Once a second it is written down, by one of them. */
    static void listen(Tx tx) {
        tx.change("""
                update compute.listening
                   set since = case when until_at < clock_timestamp() - :pause * interval '1 second' then clock_timestamp() else since end,
                       until_at = clock_timestamp()
                 where until_at < clock_timestamp() - interval '1 second'
                """, "pause", PAUSE_SECONDS);
    }

    /** How long {@code fleet} could have been heard without a pause. */
    static Duration listened(Tx tx, UUID fleet) {
        return tx.first("""
                        select (extract(epoch from clock_timestamp() - greatest(l.since, p.since)) * 1000)::bigint as millis
                          from compute.listening l, compute.probing p where p.fleet = :fleet
                        """, row -> Duration.ofMillis(row.number("millis")), "fleet", fleet)
                .orElse(Duration.ZERO);
    }

    /** How long ago each member that was ever heard was heard last. */
    static Map<UUID, Duration> ages(Tx tx, UUID fleet) {
        var ages = new HashMap<UUID, Duration>();
        tx.query("""
                select instance, (extract(epoch from clock_timestamp() - heard_at) * 1000)::bigint as millis
                  from compute.heartbeat where fleet = :fleet
                """, row -> ages.put(row.uuid("instance"), Duration.ofMillis(row.number("millis"))), "fleet", fleet);
        return ages;
    }

    /** @return false where nobody waits for heartbeats of members of {@code fleet} */
    static boolean heard(Tx tx, UUID fleet, UUID instance) {
        int written = tx.change("""
                insert into compute.heartbeat as h (instance, fleet, heard_at)
                select :instance, fleet, clock_timestamp() from compute.probing where fleet = :fleet and by_heartbeat
                on conflict (instance) do update set heard_at = excluded.heard_at
                 where h.heard_at < excluded.heard_at - interval '1 second'
                """, "instance", instance, "fleet", fleet);
        return written > 0
                || tx.first(
                                "select fleet from compute.probing where fleet = :fleet and by_heartbeat",
                                row -> row.uuid("fleet"),
                                "fleet",
                                fleet)
                        .isPresent();
    }

    static void forget(Tx tx, Collection<UUID> instances) {
        tx.change("delete from compute.heartbeat where instance = any(:instances)", "instances", instances);
    }
}
