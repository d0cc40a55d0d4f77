package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import regie.kernel.Tx;

/** What sites had and what was claimed of it, hour by hour: the only place with SQL on {@code compute.capacity}. */
final class CapacityLedger {
    private static final Duration KEPT = Duration.ofDays(800);
    private static final int DAYS_LOOKED_AT = 180;

    private CapacityLedger() {}

    /**
     * One site's past.
     *
     * @param totals by what is scarce: what there is by the last word
     * @param days by what is scarce: the most that was claimed or held on each day, oldest first
     */
    record History(Map<String, Long> totals, Map<String, List<RunOut.Day>> days) {}

    /** Who gets this writes the hour; it is let go at the end of {@code tx}. */
    static boolean lease(Tx tx) {
        return tx.query(
                        "select pg_try_advisory_xact_lock(hashtext('compute.capacity')) as mine",
                        row -> row.flag("mine"))
                .getFirst();
    }

    /** The hour's last word stands. */
    static void write(Tx tx, Instant now, Map<String, List<CapacityAnswer.Room>> rooms) {
        var sites = new ArrayList<String>();
        var what = new ArrayList<String>();
        var totals = new ArrayList<Long>();
        var claimed = new ArrayList<Long>();
        var held = new ArrayList<Long>();
        rooms.forEach((site, its) -> {
            for (var room : its) {
                sites.add(site);
                what.add(room.what());
                totals.add(room.total());
                claimed.add(room.claimed() + room.reserved());
                held.add(room.held());
            }
        });
        if (sites.isEmpty()) return;
        tx.change(
                """
                insert into compute.capacity (hour, site, what, total, claimed, held)
                select :hour, * from unnest(:sites, :what, :totals, :claimed, :held)
                on conflict (site, what, hour) do update
                   set total = excluded.total, claimed = excluded.claimed, held = excluded.held
                """,
                "hour",
                now.truncatedTo(ChronoUnit.HOURS),
                "sites",
                sites,
                "what",
                what,
                "totals",
                totals,
                "claimed",
                claimed,
                "held",
                held);
        tx.change("delete from compute.capacity where hour < :before", "before", now.minus(KEPT));
    }

    /** By site; days that are over only, for the present one may still grow. */
    static Map<String, History> days(Tx tx, LocalDate today) {
        var histories = new HashMap<String, History>();
        tx.query(
                """
                select site, what, (hour at time zone 'UTC')::date - :today::date as day, max(claimed + held) as used,
                       (array_agg(total order by hour desc))[1] as total
                  from compute.capacity where hour >= :from and hour < :until group by site, what, day order by site, what, day
                """,
                row -> {
                    var history = histories.computeIfAbsent(
                            row.text("site"), _ -> new History(new TreeMap<>(), new TreeMap<>()));
                    history.totals().put(row.text("what"), row.number("total"));
                    history.days()
                            .computeIfAbsent(row.text("what"), _ -> new ArrayList<>())
                            .add(new RunOut.Day(today.plusDays(row.integer("day")), row.number("used")));
                    return true;
                },
                "today",
                today.toString(),
                "from",
                today.minusDays(DAYS_LOOKED_AT).atStartOfDay().toInstant(ZoneOffset.UTC),
                "until",
                today.atStartOfDay().toInstant(ZoneOffset.UTC));
        return histories;
    }
}
