package regie.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.estate.Servers;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.kernel.Resources;
import regie.kernel.Row;
import regie.kernel.Tx;
import regie.placement.Cpu;
import regie.placement.Place;
import regie.placement.Resource;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;

/**
 * Places that version 0.1.0 sold, without NUMA nodes and pools: each finds its slots at the first start of this version, before
 * any loop. What was sold of a host fits its nodes together, so that each guest has room, if need be a part on each of several.
 */
public final class OlderPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(OlderPlaces.class);
    private static final List<String> WHOLE = List.of("threads", "memory", "disk");

    private final Database database;
    private final Resources resources;

    public OlderPlaces(Database database, Resources resources) {
        this.database = database;
        this.resources = resources;
    }

    /** Does nothing where there are none. It may be called on two servers at once. */
    public void seat() {
        database.change(Actor.ROOM, tx -> {
            Ledger.lock(tx);
            var servers = tx.query(
                    "select server from compute.slot where slot = 'threads' order by server",
                    row -> row.uuid("server"));
            if (servers.isEmpty()) return;
            Ledger.lockHosts(tx, servers);
            for (var server : resources.byUid(tx, Servers.KIND, servers))
                seat(tx, server.uid(), ServerRooms.of(server.spec()), resources);
            LOG.info("the guests of {} hosts have found their NUMA nodes", servers.size());
        });
    }

    private record Older(UUID instance, Claim held, Guest guest, String project) {}

    private static void seat(Tx tx, UUID server, List<Room> rooms, Resources resources) {
        var older = tx.query("""
                select a.instance, a.guest, coalesce(split_part(a.crowd, '/', 1), '') as project,
                       coalesce(sum(c.amount) filter (where c.slot = 'threads'), 0) as vcpus,
                       coalesce(sum(c.amount) filter (where c.slot = 'memory'), 0) as memory,
                       coalesce(sum(c.amount) filter (where c.slot = 'disk'), 0) as disk
                  from compute.allocation a join compute.claim c on c.instance = a.instance
                 where a.server = :server group by a.instance order by memory desc, a.instance
                """, OlderPlaces::older, "server", server);
        var declared = resources
                .byUid(tx, Compute.INSTANCE, older.stream().map(Older::instance).toList())
                .stream()
                .collect(Collectors.toMap(Declared::uid, each -> each));
        var free = new TreeMap<>(rooms.stream().collect(Collectors.toMap(Room::slot, Room::total)));
        var seats = new ArrayList<Seated>();
        var guests = new ArrayList<Guest>();
        for (var each : older) {
            var place = place(server, each, free);
            var instance = Optional.ofNullable(declared.get(each.instance()));
            var project = instance.map(Declared::project).orElse(each.project());
            var group = instance.flatMap(found -> found.spec().group()).orElse("");
            guests.add(each.guest());
            seats.add(new Seated(
                    new regie.placement.Guest(each.instance(), project, group, shape(each.guest()), Rules.NONE),
                    place));
        }
        write(tx, server, rooms, seats, guests);
    }

    private static Older older(Row row) {
        return new Older(
                row.uuid("instance"),
                new Claim(row.integer("vcpus"), row.number("memory"), row.number("disk")),
                Json.read(row.text("guest"), Guest.class),
                row.text("project"));
    }

    private static Shape shape(Guest guest) {
        var claim = guest.claim();
        return new Shape(
                claim.vcpus(), claim.memoryMiB(), 0, 0, claim.diskGiB(), "", List.of(), false, 0, 0, Cpu.SHARED);
    }

    /** All of one node and one pool where there is one with so much, else a part of each. */
    private static Place place(UUID server, Older older, Map<Slot, Long> free) {
        var taken = new HashMap<Slot, Long>();
        var held = older.held();
        int node = 0;
        while (free.containsKey(Slot.threads(node))
                && (free.getOrDefault(Slot.threads(node), 0L) < held.vcpus()
                        || free.getOrDefault(Slot.memory(node), 0L) < held.memoryMiB())) node++;
        take(Resource.THREADS, node, held.vcpus(), free, taken);
        take(Resource.MEMORY_MIB, node, held.memoryMiB(), free, taken);
        take(Resource.DISK_GIB, Slot.WHOLE, held.diskGiB(), free, taken);
        return Places.place(server, taken);
    }

    /** First of {@code node}, if it is one; what is missing then, of any. */
    private static void take(Resource what, int node, long amount, Map<Slot, Long> free, Map<Slot, Long> taken) {
        var order = free.keySet().stream()
                .filter(slot -> slot.resource() == what)
                .sorted(java.util.Comparator.comparing((Slot slot) ->
                                what == Resource.DISK_GIB ? free.getOrDefault(slot, 0L) < amount : slot.node() != node)
                        .thenComparing(slot -> slot))
                .toList();
        long rest = amount;
        for (var slot : order) {
            long some = Math.min(rest, free.getOrDefault(slot, 0L));
            if (some == 0) continue;
            taken.merge(slot, some, Long::sum);
            free.merge(slot, -some, Long::sum);
            rest -= some;
        }
        // a server that was declared smaller since: its guests keep what they have, and its status says so
        if (rest > 0) taken.merge(order.isEmpty() ? fallback(what) : order.getFirst(), rest, Long::sum);
    }

    private static Slot fallback(Resource what) {
        return switch (what) {
            case THREADS -> Slot.threads(0);
            case MEMORY_MIB -> Slot.memory(0);
            default -> Slot.disk("undeclared");
        };
    }

    /** Its host, whose agent is of this version too, takes it only with its nodes. */
    private static Guest told(Guest guest, Seated seat) {
        return guest.with(guest.machine().with(guest.claim(), Layouts.layout(seat, Map.of())));
    }

    private static void write(Tx tx, UUID server, List<Room> rooms, List<Seated> seats, List<Guest> guests) {
        var totals = rooms.stream().collect(Collectors.toMap(room -> room.slot().toString(), Room::total));
        var sums = new HashMap<String, Long>();
        var claims = new ClaimRows();
        for (var seat : seats) {
            claims.add(seat.guest().id(), seat.place());
            for (var take : seat.place().takes()) sums.merge(take.slot().toString(), take.amount(), Long::sum);
        }
        sums.forEach((slot, claimed) -> totals.merge(slot, claimed, Math::max));
        tx.change("""
                insert into compute.slot (server, slot, total)
                select :server, slot, total from unnest(:slots, :totals) as room (slot, total)
                """, "server", server, "slots", List.copyOf(totals.keySet()), "totals", List.copyOf(totals.values()));
        if (!seats.isEmpty()) {
            claims.replace(tx, seats.stream().map(seat -> seat.guest().id()).toList());
            tx.change(
                    """
                    update compute.allocation a set seated = seat.seated::jsonb, guest = seat.guest::jsonb
                      from unnest(:instances, :seated, :guests) as seat (instance, seated, guest)
                     where a.instance = seat.instance
                    """,
                    "instances",
                    seats.stream().map(seat -> seat.guest().id()).toList(),
                    "seated",
                    seats.stream().map(Json::write).toList(),
                    "guests",
                    IntStream.range(0, seats.size())
                            .mapToObj(at -> Json.write(told(guests.get(at), seats.get(at))))
                            .toList());
            tx.change("update compute.host set generation = generation + 1 where server = :server", "server", server);
        }
        tx.change(
                "delete from compute.slot where server = :server and slot = any(:whole)",
                "server",
                server,
                "whole",
                WHOLE);
    }
}
