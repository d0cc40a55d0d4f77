package regie.compute;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.HandoverSeen;
import regie.kernel.Json;
import regie.kernel.Row;
import regie.kernel.Tx;
import regie.placement.Location;
import tools.jackson.core.type.TypeReference;

/** Who is where: the only place with SQL on {@code compute.allocation}, {@code compute.host} and {@code compute.seen}. */
final class Ledger {
    private Ledger() {}

    /** One at a time makes placements, so that two servers don't run into each other; the constraints are the last word. */
    static void lock(Tx tx) {
        tx.query("select pg_advisory_xact_lock(hashtext('compute.placement'))", _ -> true);
    }

    /** Locks hosts in the order in which all do who will change several, so that nobody waits for another in a circle. */
    static void lockHosts(Tx tx, Collection<UUID> servers) {
        if (servers.isEmpty()) return;
        tx.query(
                "select server from compute.host where server = any(:servers) order by server for no key update",
                _ -> true,
                "servers",
                servers);
    }

    /** As {@link #lockHosts}, by name. */
    static void lockHostsNamed(Tx tx, Collection<String> names) {
        if (names.isEmpty()) return;
        tx.query(
                "select server from compute.host where name = any(:names) order by server for no key update",
                _ -> true,
                "names",
                names);
    }

    static List<Host> hosts(Tx tx) {
        return tx.query("select * from compute.host", Ledger::host);
    }

    private static Host host(Row row) {
        var presence = Host.Presence.valueOf(row.text("presence"));
        var free = new Claim(
                row.integer("total_vcpus") - row.integer("claimed_vcpus"),
                row.number("total_memory_mib") - row.number("claimed_memory_mib"),
                row.number("total_disk_gib") - row.number("claimed_disk_gib"));
        boolean open = row.flag("schedulable") && presence == Host.Presence.UP;
        return new Host(
                row.uuid("server"),
                row.text("name"),
                location(row),
                labels(row.text("labels")),
                open,
                presence,
                row.maybeText("project"),
                row.flag("overcommitted"),
                free,
                row.flag("moves_guests"));
    }

    private static Location location(Row row) {
        return new Location(
                row.text("site"),
                row.text("country"),
                row.text("room"),
                row.text("rack"),
                texts(row.text("feeds")),
                row.text("switches"));
    }

    private static List<String> texts(String array) {
        return Json.MAPPER.readValue(array, new TypeReference<List<String>>() {});
    }

    private static Map<String, String> labels(String json) {
        return Json.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    }

    static Map<UUID, Machine.Allocation> allocations(Tx tx, Collection<UUID> instances) {
        var found = new HashMap<UUID, Machine.Allocation>();
        tx.query("""
                        select a.*, a.leaving_since is not null as leaving,
                               a.leaving_since is not null and h.taken_generation >= a.leaving_since
                               and not exists (select from compute.seen s where s.server = a.server and s.instance = a.instance) as gone
                          from compute.allocation a join compute.host h on h.server = a.server
                         where a.instance = any(:instances)
                        """, row -> Map.entry(row.uuid("instance"), allocation(row)), "instances", instances)
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Machine.Allocation allocation(Row row) {
        var claim = new Claim(
                row.integer("claimed_vcpus"), row.number("claimed_memory_mib"), row.number("claimed_disk_gib"));
        return new Machine.Allocation(
                row.uuid("server"),
                row.number("epoch"),
                claim,
                Json.read(row.text("guest"), Guest.class),
                row.flag("leaving"),
                row.flag("gone"));
    }

    /** What the host of each instance says of it; what another host says is history. */
    static Map<UUID, GuestSeen> seen(Tx tx, Collection<UUID> instances) {
        var found = new HashMap<UUID, GuestSeen>();
        tx.query(
                        """
                        select s.* from compute.seen s join compute.allocation a on a.server = s.server and a.instance = s.instance
                         where s.instance = any(:instances)
                        """,
                        row -> new GuestSeen(
                                row.uuid("instance"),
                                row.number("epoch"),
                                GuestSeen.State.valueOf(row.text("state")),
                                row.integer("reboots"),
                                row.integer("builds"),
                                row.text("detail"),
                                row.maybeText("handover").map(json -> Json.read(json, HandoverSeen.class))),
                        "instances",
                        instances)
                .forEach(seen -> found.put(seen.uid(), seen));
        return found;
    }

    static Map<String, Map<UUID, Integer>> crowds(Tx tx, Collection<String> groups) {
        var found = new HashMap<String, Map<UUID, Integer>>();
        tx.query(
                """
                        select crowd, server, count(*) as members
                          from (select crowd, server from compute.allocation where leaving_since is null
                                 union all
                                select crowd, server from compute.migration where leaving_since is null) places
                         where crowd = any(:groups) group by crowd, server
                        """,
                row -> {
                    found.computeIfAbsent(row.text("crowd"), _ -> new HashMap<>())
                            .put(row.uuid("server"), row.integer("members"));
                    return true;
                },
                "groups",
                groups);
        return found;
    }

    /** @param crowd empty where it keeps apart from nobody */
    record NewAllocation(UUID instance, UUID server, Claim claim, String crowd, Guest guest) {}

    static void allocate(Tx tx, List<NewAllocation> places) {
        if (places.isEmpty()) return;
        tx.change(
                """
                insert into compute.allocation
                       (instance, server, epoch, claimed_vcpus, claimed_memory_mib, claimed_disk_gib, crowd, guest)
                select instance, server, epoch, vcpus, memory_mib, disk_gib, nullif(crowd, ''), guest::jsonb
                  from unnest(:instances, :servers, :epochs, :vcpus, :memory, :disk, :crowds, :guests)
                       as place (instance, server, epoch, vcpus, memory_mib, disk_gib, crowd, guest)
                """,
                "instances",
                places.stream().map(NewAllocation::instance).toList(),
                "servers",
                places.stream().map(NewAllocation::server).toList(),
                "epochs",
                places.stream().map(place -> place.guest().epoch()).toList(),
                "vcpus",
                places.stream().map(place -> place.claim().vcpus()).toList(),
                "memory",
                places.stream().map(place -> place.claim().memoryMiB()).toList(),
                "disk",
                places.stream().map(place -> place.claim().diskGiB()).toList(),
                "crowds",
                places.stream().map(NewAllocation::crowd).toList(),
                "guests",
                places.stream().map(place -> Json.write(place.guest())).toList());
        tellHosts(tx, places.stream().map(NewAllocation::instance).toList());
    }

    record ChangedAllocation(UUID instance, Claim claim, Guest guest) {}

    static void change(Tx tx, List<ChangedAllocation> places) {
        if (places.isEmpty()) return;
        tx.change(
                """
                update compute.allocation a
                   set epoch = place.epoch, claimed_vcpus = place.vcpus, claimed_memory_mib = place.memory_mib,
                       claimed_disk_gib = place.disk_gib, guest = place.guest::jsonb
                  from unnest(:instances, :epochs, :vcpus, :memory, :disk, :guests)
                       as place (instance, epoch, vcpus, memory_mib, disk_gib, guest)
                 where a.instance = place.instance
                """,
                "instances",
                places.stream().map(ChangedAllocation::instance).toList(),
                "epochs",
                places.stream().map(place -> place.guest().epoch()).toList(),
                "vcpus",
                places.stream().map(place -> place.claim().vcpus()).toList(),
                "memory",
                places.stream().map(place -> place.claim().memoryMiB()).toList(),
                "disk",
                places.stream().map(place -> place.claim().diskGiB()).toList(),
                "guests",
                places.stream().map(place -> Json.write(place.guest())).toList());
        tellHosts(tx, places.stream().map(ChangedAllocation::instance).toList());
    }

    static void leave(Tx tx, List<UUID> instances) {
        if (instances.isEmpty()) return;
        tellHosts(tx, instances);
        tx.change("""
                update compute.allocation a set leaving_since = h.generation from compute.host h
                 where h.server = a.server and a.instance = any(:instances) and a.leaving_since is null
                """, "instances", instances);
    }

    static void free(Tx tx, List<UUID> instances) {
        if (instances.isEmpty()) return;
        tx.change("delete from compute.allocation where instance = any(:instances)", "instances", instances);
    }

    private static void tellHosts(Tx tx, List<UUID> instances) {
        tx.change("""
                update compute.host set generation = generation + 1
                 where server in (select server from compute.allocation where instance = any(:instances))
                """, "instances", instances);
        tx.hint(Wishes.TOPIC);
    }
}
