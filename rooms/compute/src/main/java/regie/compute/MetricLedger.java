package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Tx;

/** What was posted of fleets whose size follows it: the only code that touches {@code compute.metric}. */
final class MetricLedger {
    /** Of so many seconds only the newest sample is kept. */
    private static final int GRAIN_SECONDS = 5;
    /** No decision looks back further. */
    private static final int KEPT_SECONDS = MetricSpec.STABILIZATION_SECONDS_MAX + MetricSpec.STALE_SECONDS_MAX;

    private MetricLedger() {}

    static void add(Tx tx, UUID fleet, String name, double value, int wanted, int running) {
        tx.change(
                """
                with old as (delete from compute.metric
                              where fleet = :fleet and at < clock_timestamp() - :kept * interval '1 second')
                insert into compute.metric (fleet, name, at, value, wanted, running)
                values (:fleet, :name, date_bin(:grain * interval '1 second', clock_timestamp(), 'epoch'),
                        cast(:value as double precision), :wanted, :running)
                on conflict (fleet, name, at)
                   do update set value = excluded.value, wanted = excluded.wanted, running = excluded.running
                """,
                "fleet",
                fleet,
                "kept",
                KEPT_SECONDS,
                "name",
                name,
                "grain",
                GRAIN_SECONDS,
                "value",
                Double.toString(value),
                "wanted",
                wanted,
                "running",
                running);
    }

    /**
     * What counts for each fleet now, in no order. Ages are those of the database's clock, and are counted back from {@code now}.
     *
     * @param metrics by fleet
     */
    static Map<UUID, List<MetricSample>> of(Tx tx, Map<UUID, MetricSpec> metrics, Instant now) {
        var found = new HashMap<UUID, List<MetricSample>>();
        if (metrics.isEmpty()) return found;
        var fleets = List.copyOf(metrics.keySet());
        var specs = fleets.stream()
                .map(metrics::get)
                .map(regie.kernel.Check::present)
                .toList();
        tx.query(
                """
                select m.fleet, m.value::text as value, m.wanted, m.running,
                       (extract(epoch from clock_timestamp() - m.at) * 1000)::bigint as age
                  from unnest(:fleets, :names, :seconds) as follows (fleet, name, seconds)
                  join compute.metric m on m.fleet = follows.fleet and m.name = follows.name
                   and m.at > clock_timestamp() - follows.seconds * interval '1 second'
                """,
                row -> found.computeIfAbsent(row.uuid("fleet"), _ -> new ArrayList<>())
                        .add(new MetricSample(
                                now.minus(Duration.ofMillis(row.number("age"))),
                                Double.parseDouble(row.text("value")),
                                row.integer("wanted"),
                                row.integer("running"))),
                "fleets",
                fleets,
                "names",
                specs.stream().map(MetricSpec::name).toList(),
                "seconds",
                specs.stream()
                        .map(spec -> spec.stabilizationSeconds() + spec.staleSeconds())
                        .toList());
        return found;
    }

    static void forget(Tx tx, Collection<UUID> fleets) {
        if (!fleets.isEmpty()) tx.change("delete from compute.metric where fleet = any(:fleets)", "fleets", fleets);
    }
}
