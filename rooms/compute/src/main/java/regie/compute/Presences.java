package regie.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import regie.agent.contract.Report;
import regie.estate.Servers;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/** Who is heard: written down in {@code compute.host}, from where {@link ServerLoop} shows it in the server's status. */
final class Presences {
    enum News {
        UP,
        SILENT
    }

    /** @param generation of the wish that the host did not take */
    record Refused(long generation, String why) {}

    /** What hosts said since the last time. */
    record Heard(Map<String, News> news, Map<String, Refused> refusals, List<Report> reports) {
        boolean isEmpty() {
            return news.isEmpty() && refusals.isEmpty() && reports.isEmpty();
        }

        /** Names of all hosts of whom something was heard. */
        Set<String> hosts() {
            var names = new HashSet<>(news.keySet());
            names.addAll(refusals.keySet());
            for (var report : reports) names.add(report.host());
            return names;
        }
    }

    private Presences() {}

    static void record(Tx tx, Heard heard) {
        var servers = new ArrayList<UUID>();
        for (var what : News.values()) {
            var names = heard.news().entrySet().stream()
                    .filter(entry -> entry.getValue() == what)
                    .map(Map.Entry::getKey)
                    .toList();
            servers.addAll(change(tx, what, names));
        }
        heard.refusals().forEach((name, refused) -> servers.addAll(refused(tx, name, refused)));
        servers.addAll(offered(tx, heard.reports()));
        servers.addAll(Deaths.heard(tx, heard));
        WorkQueue.add(tx, Servers.KIND.name(), servers);
    }

    private static List<UUID> refused(Tx tx, String name, Refused refused) {
        return tx.query(
                """
                update compute.host set refused_generation = :generation, refused_why = :why where name = :name returning server
                """, row -> row.uuid("server"), "generation", refused.generation(), "why", refused.why(), "name", name);
    }

    private static List<UUID> change(Tx tx, News what, Collection<String> names) {
        if (names.isEmpty()) return List.of();
        var changed = tx.query("""
                update compute.host set presence = :presence, presence_since = clock_timestamp()
                 where name = any(:names) and presence not in (:presence, 'DEAD') returning server
                """, row -> row.uuid("server"), "presence", what, "names", names);
        if (changed.isEmpty()) return changed;
        tx.hint(Deaths.TOPIC);
        WorkQueue.add(tx, Compute.INSTANCE.name(), tx.query("""
                        select instance from compute.allocation where server = any(:servers)
                         union select instance from compute.migration where server = any(:servers)
                        """, row -> row.uuid("instance"), "servers", changed));
        if (what == News.UP) WorkQueue.hurry(tx, Compute.INSTANCE.name());
        if (what == News.UP) ReservationLedger.hurry(tx);
        ReservationLedger.wakeOn(tx, changed);
        return changed;
    }

    private static List<UUID> offered(Tx tx, List<Report> reports) {
        if (reports.isEmpty()) return List.of();
        return tx.query(
                """
                update compute.host h
                   set offered_vcpus = report.vcpus, offered_memory_mib = report.memory_mib, offered_disk_gib = report.disk_gib,
                       moves_guests = report.moves
                  from unnest(:names, :vcpus, :memory, :disk, :moves) as report (name, vcpus, memory_mib, disk_gib, moves)
                 where h.name = report.name
                   and (h.offered_vcpus, h.offered_memory_mib, h.offered_disk_gib, h.moves_guests)
                       is distinct from (report.vcpus, report.memory_mib, report.disk_gib, report.moves)
                returning h.server
                """,
                row -> row.uuid("server"),
                "names",
                reports.stream().map(Report::host).toList(),
                "vcpus",
                reports.stream().map(report -> report.room().vcpus()).toList(),
                "memory",
                reports.stream().map(report -> report.room().memoryMiB()).toList(),
                "disk",
                reports.stream().map(report -> report.room().diskGiB()).toList(),
                "moves",
                reports.stream().map(Report::movesGuests).toList());
    }
}
