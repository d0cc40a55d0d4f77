package regie.compute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Report;
import regie.kernel.Json;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/** Writes down what hosts have seen, many reports at once, and wakes only the machines of which they tell something new. */
final class Reports {
    private Reports() {}

    /** @param reports one for each host at the most */
    static void record(Tx tx, List<Report> reports) {
        if (reports.isEmpty()) return;
        var servers = servers(tx, reports);
        var known = reports.stream()
                .filter(report -> servers.containsKey(report.host()))
                .toList();
        var woken = new ArrayList<UUID>();
        woken.addAll(forget(tx, known, servers));
        woken.addAll(remember(tx, known, servers));
        woken.addAll(taken(tx, known, servers));
        WorkQueue.add(tx, Compute.INSTANCE.name(), woken.stream().distinct().toList());
    }

    /** Locks the hosts in one order, so that two servers' reports never wait for each other. */
    private static Map<String, UUID> servers(Tx tx, List<Report> reports) {
        var found = new LinkedHashMap<String, UUID>();
        tx.query(
                        "select name, server from compute.host where name = any(:names) order by server for no key update",
                        row -> Map.entry(row.text("name"), row.uuid("server")),
                        "names",
                        reports.stream().map(Report::host).toList())
                .forEach(host -> found.put(host.getKey(), host.getValue()));
        return found;
    }

    private record Sight(UUID server, GuestSeen guest) {}

    private static List<Sight> sights(List<Report> reports, Map<String, UUID> servers) {
        var sights = new ArrayList<Sight>();
        for (var report : reports) {
            var server = regie.kernel.Check.present(servers.get(report.host()));
            for (var guest : report.guests()) sights.add(new Sight(server, guest));
        }
        return sights;
    }

    private static List<UUID> forget(Tx tx, List<Report> reports, Map<String, UUID> servers) {
        var sights = sights(reports, servers);
        return tx.query(
                """
                delete from compute.seen s where s.server = any(:servers)
                   and not exists (select from unnest(:atServers::uuid[], :instances::uuid[]) as now (server, instance)
                                    where now.server = s.server and now.instance = s.instance)
                returning s.instance
                """,
                row -> row.uuid("instance"),
                "servers",
                servers.values(),
                "atServers",
                sights.stream().map(Sight::server).toList(),
                "instances",
                sights.stream().map(sight -> sight.guest().uid()).toList());
    }

    private static List<UUID> remember(Tx tx, List<Report> reports, Map<String, UUID> servers) {
        var sights = sights(reports, servers);
        if (sights.isEmpty()) return List.of();
        return tx.query(
                """
                insert into compute.seen as s (server, instance, epoch, state, reboots, builds, detail, handover)
                select server, instance, epoch, state, reboots, builds, detail, nullif(handover, '')::jsonb
                  from unnest(:servers, :instances, :epochs, :states, :reboots, :builds, :details, :handovers)
                       as now (server, instance, epoch, state, reboots, builds, detail, handover)
                on conflict (server, instance) do update
                   set epoch = excluded.epoch, state = excluded.state, reboots = excluded.reboots, builds = excluded.builds,
                       detail = excluded.detail, handover = excluded.handover
                 where (s.epoch, s.state, s.reboots, s.builds, s.detail, s.handover)
                       is distinct from (excluded.epoch, excluded.state, excluded.reboots, excluded.builds, excluded.detail, excluded.handover)
                returning s.instance
                """,
                row -> row.uuid("instance"),
                "servers",
                sights.stream().map(Sight::server).toList(),
                "instances",
                sights.stream().map(sight -> sight.guest().uid()).toList(),
                "epochs",
                sights.stream().map(sight -> sight.guest().epoch()).toList(),
                "states",
                sights.stream().map(sight -> sight.guest().state()).toList(),
                "reboots",
                sights.stream().map(sight -> sight.guest().reboots()).toList(),
                "builds",
                sights.stream().map(sight -> sight.guest().builds()).toList(),
                "details",
                sights.stream().map(sight -> sight.guest().detail()).toList(),
                "handovers",
                sights.stream()
                        .map(sight -> sight.guest().handover().map(Json::write).orElse(""))
                        .toList());
    }

    /** @return the machines that a host was told to let go of, now that it has taken a wish without them */
    private static List<UUID> taken(Tx tx, List<Report> reports, Map<String, UUID> servers) {
        return tx.query(
                """
                with moved as (
                  update compute.host h set taken_generation = report.generation
                    from unnest(:servers, :generations) as report (server, generation)
                   where h.server = report.server and h.taken_generation < report.generation
                  returning h.server, h.taken_generation)
                select a.instance from compute.allocation a join moved on moved.server = a.server
                 where a.leaving_since <= moved.taken_generation
                union
                select m.instance from compute.migration m join moved on moved.server = m.server
                 where m.leaving_since <= moved.taken_generation
                union
                select m.instance from compute.migration m
                  join compute.allocation a on a.instance = m.instance
                  join moved on moved.server = a.server
                 where m.told_since <= moved.taken_generation
                """,
                row -> row.uuid("instance"),
                "servers",
                reports.stream()
                        .map(report -> regie.kernel.Check.present(servers.get(report.host())))
                        .toList(),
                "generations",
                reports.stream().map(Report::generation).toList());
    }
}
