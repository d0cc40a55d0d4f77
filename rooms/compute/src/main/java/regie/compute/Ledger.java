package regie.compute;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.HandoverSeen;
import regie.kernel.Json;
import regie.kernel.Row;
import regie.kernel.Tx;
import regie.placement.Cpu;
import regie.placement.Location;
import regie.placement.Place;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Slot;
import tools.jackson.core.type.TypeReference;

/** Who is where: the only place with SQL on {@code compute.allocation}, {@code compute.host} and {@code compute.seen}. */
final class Ledger {
    private static final String HOSTS = """
            select h.*, s.totals from compute.host h
              left join (select server, string_agg(slot || '=' || total, E'\\n') as totals from compute.slot %s group by server) s
                on s.server = h.server %s
            """;
    private static final String SEATS = """
            select a.*, (select string_agg(c.slot || '=' || c.amount, E'\\n') from compute.claim c
                          where c.instance = a.instance and c.server = a.server) as held
              from (select instance, server, seated, leaving_since is not null as leaving, false as second, null::jsonb as kept_for
                      from compute.allocation
                    union all
                    select instance, server, seated, leaving_since is not null, true, null from compute.migration
                    union all
                    select place, server, seated, false, false, kept_for from compute.reserved where server is not null) a
            """;

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
        return tx.query(HOSTS.formatted("", ""), Ledger::host);
    }

    /** Those of {@code servers} that there are. */
    static List<Host> hosts(Tx tx, Collection<UUID> servers) {
        var these = "where server = any(:servers)";
        return tx.query(HOSTS.formatted(these, "where h.server = any(:servers)"), Ledger::host, "servers", servers);
    }

    private static Host host(Row row) {
        var stored = Host.Presence.valueOf(row.text("presence"));
        var presence = row.flag("doubted") ? stored.doubted() : stored;
        var totals = Places.amounts(row.maybeText("totals").orElse(""));
        var room = new regie.placement.Host(
                row.uuid("server"),
                row.text("name"),
                location(row),
                labels(row.text("labels")),
                row.flag("schedulable") && presence == Host.Presence.UP,
                row.maybeText("project"),
                row.flag("overcommitted"),
                totals.entrySet().stream()
                        .map(total -> new Room(total.getKey(), total.getValue()))
                        .toList());
        return new Host(room, presence, row.flag("moves_guests"), devices(row.text("devices")));
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

    private static Map<Slot, List<String>> devices(String json) {
        if (json.equals("{}")) return Map.of();
        return Layouts.bySlot(Json.MAPPER.readValue(json, new TypeReference<Map<String, List<String>>>() {}));
    }

    private static List<String> texts(String array) {
        return Json.MAPPER.readValue(array, new TypeReference<List<String>>() {});
    }

    private static Map<String, String> labels(String json) {
        return Json.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    }

    static Map<UUID, Machine.Allocation> allocations(Tx tx, Collection<UUID> instances) {
        var found = new HashMap<UUID, Machine.Allocation>();
        if (instances.isEmpty()) return found;
        tx.query("""
                        select a.*, a.leaving_since is not null as leaving,
                               h.presence = 'DEAD' as lost,
                               h.presence = 'DEAD' or a.leaving_since is not null and h.taken_generation >= a.leaving_since
                               and not exists (select from compute.seen s where s.server = a.server and s.instance = a.instance) as gone,
                               (select string_agg(c.slot || '=' || c.amount, E'\\n') from compute.claim c
                                 where c.instance = a.instance and c.server = a.server) as held
                          from compute.allocation a join compute.host h on h.server = a.server
                         where a.instance = any(:instances)
                        """, row -> Map.entry(row.uuid("instance"), allocation(row)), "instances", instances)
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Machine.Allocation allocation(Row row) {
        return new Machine.Allocation(
                Json.read(row.text("seated"), Seated.class),
                Places.place(row.uuid("server"), Places.amounts(row.text("held"))),
                row.number("epoch"),
                Json.read(row.text("guest"), Guest.class),
                row.flag("leaving"),
                row.flag("gone"),
                row.flag("lost"));
    }

    /** What the host of each instance says of it; what another host says is history. */
    static Map<UUID, GuestSeen> seen(Tx tx, Collection<UUID> instances) {
        var found = new HashMap<UUID, GuestSeen>();
        if (instances.isEmpty()) return found;
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

    /** Who stands where, all of them. */
    static List<Occupancy.Seat> seats(Tx tx) {
        return tx.query(SEATS, Ledger::seat);
    }

    /** Those of {@code instances} that stand somewhere. */
    static List<Occupancy.Seat> seats(Tx tx, Collection<UUID> instances) {
        if (instances.isEmpty()) return List.of();
        return tx.query(SEATS + "where a.instance = any(:instances)", Ledger::seat, "instances", instances);
    }

    /** Who is on the way out still takes room, and counts for no rule any more. */
    private static Occupancy.Seat seat(Row row) {
        var told = Json.read(row.text("seated"), Seated.class).guest();
        var guest = row.flag("second") ? Occupancy.second(told) : told;
        var held = Places.place(row.uuid("server"), Places.amounts(row.text("held")));
        var keptFor = row.maybeText("kept_for").map(json -> Json.read(json, KeptFor.class));
        if (!row.flag("leaving")) return new Occupancy.Seat(guest, held, keptFor);
        var leaving = new regie.placement.Guest(guest.id(), guest.project(), "", guest.shape(), Rules.NONE);
        return new Occupancy.Seat(leaving, held);
    }

    record NewAllocation(Seated seat, Guest guest) {
        UUID instance() {
            return guest.uid();
        }

        UUID server() {
            return seat.place().host();
        }
    }

    /** Places and their claims come in one statement: there is no place without claims, not for a moment. */
    static void allocate(Tx tx, List<NewAllocation> places) {
        if (places.isEmpty()) return;
        var claims = new ClaimRows();
        for (var place : places) claims.add(place.instance(), place.seat().place());
        tx.change("""
                with places as (
                  insert into compute.allocation (instance, server, epoch, overcommitted, seated, guest)
                  select instance, server, epoch, overcommitted, seated::jsonb, guest::jsonb
                    from unnest(:instances, :servers, :epochs, :overcommitted, :seated, :guests)
                         as place (instance, server, epoch, overcommitted, seated, guest))
                """ + ClaimRows.INSERT, claims.behind(columns(places)));
        tellHosts(tx, places.stream().map(NewAllocation::instance).toList());
    }

    private static Object[] columns(List<NewAllocation> places) {
        return new Object[] {
            "instances",
            places.stream().map(NewAllocation::instance).toList(),
            "servers",
            places.stream().map(NewAllocation::server).toList(),
            "epochs",
            places.stream().map(place -> place.guest().epoch()).toList(),
            "overcommitted",
            places.stream().map(place -> overcommitted(place.seat())).toList(),
            "seated",
            places.stream().map(place -> Json.write(place.seat())).toList(),
            "guests",
            places.stream().map(place -> Json.write(place.guest())).toList()
        };
    }

    private static boolean overcommitted(Seated seat) {
        return seat.guest().shape().cpu() == Cpu.OVERCOMMITTED;
    }

    /** @param held at least what {@code seat} takes, on the same host */
    record ChangedAllocation(Seated seat, Place held, Guest guest) {
        UUID instance() {
            return guest.uid();
        }
    }

    /** Leaves each where it is, under other claims. */
    static void change(Tx tx, List<ChangedAllocation> places) {
        if (places.isEmpty()) return;
        var claims = new ClaimRows();
        for (var place : places) claims.add(place.instance(), place.held());
        claims.replace(tx, places.stream().map(ChangedAllocation::instance).toList());
        tx.change(
                """
                update compute.allocation a
                   set epoch = place.epoch, seated = place.seated::jsonb, guest = place.guest::jsonb
                  from unnest(:instances, :epochs, :seated, :guests) as place (instance, epoch, seated, guest)
                 where a.instance = place.instance
                """,
                "instances",
                places.stream().map(ChangedAllocation::instance).toList(),
                "epochs",
                places.stream().map(place -> place.guest().epoch()).toList(),
                "seated",
                places.stream().map(place -> Json.write(place.seat())).toList(),
                "guests",
                places.stream().map(place -> Json.write(place.guest())).toList());
        tellHosts(tx, places.stream().map(ChangedAllocation::instance).toList());
    }

    /** Takes the place of each to another host, all in one statement, and tells both hosts. */
    static void recover(Tx tx, List<NewAllocation> places) {
        if (places.isEmpty()) return;
        var claims = new ClaimRows();
        for (var place : places) claims.add(place.instance(), place.seat().place());
        var instances = places.stream().map(NewAllocation::instance).toList();
        tellHosts(tx, instances);
        tx.change("""
                with left_behind as (
                  delete from compute.claim c using compute.allocation a
                   where c.instance = any(:instances) and a.instance = c.instance and a.server = c.server),
                places as (
                  update compute.allocation a
                     set server = place.server, epoch = place.epoch, overcommitted = place.overcommitted,
                         seated = place.seated::jsonb, guest = place.guest::jsonb, leaving_since = null
                    from unnest(:instances, :servers, :epochs, :overcommitted, :seated, :guests)
                         as place (instance, server, epoch, overcommitted, seated, guest)
                   where a.instance = place.instance)
                """ + ClaimRows.INSERT, claims.behind(columns(places)));
        tellHosts(tx, instances);
    }

    static void leave(Tx tx, List<UUID> instances) {
        if (instances.isEmpty()) return;
        tellHosts(tx, instances);
        tx.change("""
                update compute.allocation a set leaving_since = h.generation from compute.host h
                 where h.server = a.server and a.instance = any(:instances) and a.leaving_since is null
                """, "instances", instances);
    }

    /** A dead host that is heard again may have been told of them before it became clear that they are gone. */
    static void free(Tx tx, List<UUID> instances) {
        if (instances.isEmpty()) return;
        int dead = tx.change("""
                update compute.host set generation = generation + 1 where presence = 'DEAD'
                   and server in (select server from compute.allocation where instance = any(:instances))
                """, "instances", instances);
        if (dead > 0) tx.hint(Wishes.TOPIC);
        tx.change("""
                with claims as (delete from compute.claim where instance = any(:instances))
                delete from compute.allocation where instance = any(:instances)
                """, "instances", instances);
    }

    private static void tellHosts(Tx tx, List<UUID> instances) {
        tx.change("""
                update compute.host set generation = generation + 1
                 where server in (select server from compute.allocation where instance = any(:instances))
                """, "instances", instances);
        tx.hint(Wishes.TOPIC);
    }
}
