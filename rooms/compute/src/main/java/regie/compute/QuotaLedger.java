package regie.compute;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.kernel.Tx;

/** What projects have and may have: the only code that touches {@code compute.usage}, which follows the places by itself. */
final class QuotaLedger {
    private QuotaLedger() {}

    private record Row(String project, Quota resource, long used, Optional<Long> quota) {}

    /**
     * Makes the quotas those that are declared, and says what is used of them. Under the lock of placement: what is planned from the
     * answer holds.
     *
     * @param declared the bounds of each project that is looked at
     */
    static Map<String, Map<Quota, Allowance.Use>> follow(Tx tx, Map<String, Map<Quota, Long>> declared) {
        var rows = new HashMap<String, Map<Quota, Row>>();
        tx.query(
                        "select project, resource, used, quota from compute.usage where project = any(:projects)",
                        row -> new Row(
                                row.text("project"),
                                Quota.of(row.text("resource")),
                                row.number("used"),
                                row.maybeNumber("quota")),
                        "projects",
                        declared.keySet())
                .forEach(row -> rows.computeIfAbsent(row.project(), _ -> new EnumMap<>(Quota.class))
                        .put(row.resource(), row));
        var changed = new ArrayList<Row>();
        var uses = new HashMap<String, Map<Quota, Allowance.Use>>();
        declared.forEach((project, bounds) -> {
            for (var quota : Quota.values()) {
                var known =
                        Optional.ofNullable(rows.getOrDefault(project, Map.of()).get(quota));
                var bound = Optional.ofNullable(bounds.get(quota));
                if (!known.flatMap(Row::quota).equals(bound)) changed.add(new Row(project, quota, 0, bound));
                bound.ifPresent(most -> uses.computeIfAbsent(project, _ -> new EnumMap<>(Quota.class))
                        .put(quota, new Allowance.Use(known.map(Row::used).orElse(0L), most)));
            }
        });
        write(tx, changed);
        return uses;
    }

    private static void write(Tx tx, List<Row> rows) {
        if (rows.isEmpty()) return;
        tx.change(
                """
                insert into compute.usage as u (project, resource, quota, bound)
                select project, resource, quota, quota
                  from (select project, resource, nullif(quota, -1) as quota
                          from unnest(:projects, :resources, :quotas) as declared (project, resource, quota)) declared
                 order by project, resource
                on conflict (project, resource) do update
                   set quota = excluded.quota,
                       bound = case when excluded.quota is not null then greatest(excluded.quota, u.used) end
                """,
                "projects",
                rows.stream().map(Row::project).toList(),
                "resources",
                rows.stream().map(row -> row.resource().text()).toList(),
                "quotas",
                rows.stream().map(row -> row.quota().orElse(-1L)).toList());
    }
}
