package regie.compute;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.estate.Servers;
import regie.kernel.Hold;
import regie.kernel.Json;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/** What can be seen of hosts that are heard without asking them, for those who look for sick ones; and what is shown of those. */
public final class Symptoms {
    private Symptoms() {}

    /**
     * A host whose agent attended at least once.
     *
     * @param heard false where it is silent or dead
     * @param taken number of the newest wish that it took
     * @param behind whether there is a newer one that it has neither taken nor refused
     * @param probed its guests that are probed, and gave the right answer once
     * @param failing of these, those that gave none when they were asked last
     */
    public record Seen(
            UUID server,
            String name,
            String site,
            boolean heard,
            long taken,
            boolean behind,
            int probed,
            int failing) {}

    /** All of them, by name. */
    public static List<Seen> of(Tx tx) {
        return tx.query(
                """
                select h.server, h.name, h.site, h.presence, h.taken_generation,
                       h.generation > h.taken_generation and h.generation > coalesce(h.refused_generation, 0) as behind,
                       coalesce(p.probed, 0) as probed, coalesce(p.failing, 0) as failing
                  from compute.host h
                  left join (select a.server, count(*) as probed, count(*) filter (where x.misses > 0) as failing
                               from compute.health x join compute.allocation a on a.instance = x.instance
                              where x.served group by a.server) p on p.server = h.server
                 where h.presence <> 'UNKNOWN' order by h.name
                """,
                row -> new Seen(
                        row.uuid("server"),
                        row.text("name"),
                        row.text("site"),
                        row.text("presence").equals("UP"),
                        row.number("taken_generation"),
                        row.flag("behind"),
                        row.integer("probed"),
                        row.integer("failing")));
    }

    /** What is shown of these servers as degraded; of all others nothing any more. */
    public static void show(Tx tx, Map<UUID, Hold> degraded) {
        var each = List.copyOf(degraded.entrySet());
        WorkQueue.add(
                tx,
                Servers.KIND.name(),
                tx.query(
                        """
                        update compute.host h set degraded = coalesce(now.holds::jsonb, '[]')
                          from compute.host was
                          left join unnest(:servers::uuid[], :holds::text[]) as now (server, holds) on now.server = was.server
                         where h.server = was.server and h.degraded <> coalesce(now.holds::jsonb, '[]')
                        returning h.server
                        """,
                        row -> row.uuid("server"),
                        "servers",
                        each.stream().map(Map.Entry::getKey).toList(),
                        "holds",
                        each.stream()
                                .map(entry -> Json.write(List.of(entry.getValue())))
                                .toList()));
    }

    /** From now on it is given nothing, until somebody has looked at it, cordoned and uncordoned it. */
    public static void quarantine(Tx tx, UUID server) {
        tx.change(
                "update compute.host set quarantined = clock_timestamp(), schedulable = false where server = :server and quarantined is null",
                "server",
                server);
        WorkQueue.add(tx, Servers.KIND.name(), List.of(server));
    }
}
