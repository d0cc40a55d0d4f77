package regie.compute;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Tx;

/** What probes said, and when they come next: the only code that writes {@code compute.health} and {@code compute.probing}. */
final class HealthLedger {
    private HealthLedger() {}

    /**
     * @param misses in a row
     * @param healthy whether it gave the right answer since it last missed too often
     * @param served whether it ever gave the right answer
     * @param ill whether it missed so often that it is to be replaced
     */
    record Seen(int misses, boolean healthy, boolean served, boolean ill, String detail) {
        static final Seen NEVER = new Seen(0, false, false, false, "");
    }

    /** How members are judged. */
    enum By {
        PROBE,
        HEARTBEAT;

        static By of(HealthSpec health) {
            return health.heartbeat().isPresent() ? HEARTBEAT : PROBE;
        }
    }

    /** From now on the members of {@code fleets} are judged, too, or in another way than before. */
    static void judge(Tx tx, By by, Collection<UUID> fleets) {
        if (fleets.isEmpty()) return;
        tx.change("""
                insert into compute.probing as p (fleet, due_at, by_heartbeat)
                select fleet, clock_timestamp(), :heartbeat from unnest(:fleets) fleet
                on conflict (fleet) do update
                   set due_at = excluded.due_at, by_heartbeat = excluded.by_heartbeat, since = excluded.since
                 where p.by_heartbeat <> excluded.by_heartbeat
                """, "fleets", fleets, "heartbeat", by == By.HEARTBEAT);
    }

    /** Fleets whose turn it is, which nobody else takes within {@code seconds}. */
    static List<UUID> take(Tx tx, By by, int most, int seconds) {
        return tx.query(
                """
                with due as (select fleet from compute.probing where due_at <= clock_timestamp() and by_heartbeat = :heartbeat
                              order by due_at limit :most for update skip locked)
                update compute.probing p set due_at = clock_timestamp() + :seconds * interval '1 second'
                  from due where p.fleet = due.fleet returning p.fleet
                """, row -> row.uuid("fleet"), "most", most, "seconds", seconds, "heartbeat", by == By.HEARTBEAT);
    }

    static void again(Tx tx, UUID fleet, int seconds) {
        tx.change(
                "update compute.probing set due_at = clock_timestamp() + :seconds * interval '1 second' where fleet = :fleet",
                "seconds",
                seconds,
                "fleet",
                fleet);
    }

    /** Nobody probes them any more. */
    static void end(Tx tx, Collection<UUID> fleets) {
        if (fleets.isEmpty()) return;
        tx.change("""
                with gone as (delete from compute.probing where fleet = any(:fleets)),
                     unheard as (delete from compute.heartbeat where fleet = any(:fleets))
                delete from compute.health where fleet = any(:fleets)
                """, "fleets", fleets);
    }

    /** By instance, of each fleet that has any. */
    static Map<UUID, Map<UUID, Seen>> of(Tx tx, Collection<UUID> fleets) {
        var found = new HashMap<UUID, Map<UUID, Seen>>();
        if (fleets.isEmpty()) return found;
        tx.query(
                "select * from compute.health where fleet = any(:fleets)",
                row -> found.computeIfAbsent(row.uuid("fleet"), _ -> new HashMap<>())
                        .put(
                                row.uuid("instance"),
                                new Seen(
                                        row.integer("misses"),
                                        row.flag("healthy"),
                                        row.flag("served"),
                                        row.flag("ill"),
                                        row.text("detail"))),
                "fleets",
                fleets);
        return found;
    }

    static void record(Tx tx, UUID fleet, Map<UUID, Seen> changed) {
        if (changed.isEmpty()) return;
        var instances = List.copyOf(changed.keySet());
        var seen = instances.stream()
                .map(changed::get)
                .map(regie.kernel.Check::present)
                .toList();
        tx.change(
                """
                insert into compute.health (instance, fleet, misses, healthy, served, ill, detail)
                select instance, :fleet, misses, healthy, served, ill, detail
                  from unnest(:instances, :misses, :healthy, :served, :ill, :details) as now (instance, misses, healthy, served, ill, detail)
                on conflict (instance) do update
                   set misses = excluded.misses, healthy = excluded.healthy, served = excluded.served, ill = excluded.ill, detail = excluded.detail
                """,
                "fleet",
                fleet,
                "instances",
                instances,
                "misses",
                seen.stream().map(Seen::misses).toList(),
                "healthy",
                seen.stream().map(Seen::healthy).toList(),
                "served",
                seen.stream().map(Seen::served).toList(),
                "ill",
                seen.stream().map(Seen::ill).toList(),
                "details",
                seen.stream().map(Seen::detail).toList());
    }

    /** What was said of them is history: they are gone, or about to reboot. */
    static void forget(Tx tx, Collection<UUID> instances) {
        if (instances.isEmpty()) return;
        tx.change("delete from compute.health where instance = any(:instances)", "instances", instances);
        HeartbeatLedger.forget(tx, instances);
    }
}
