package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.estate.Capacity;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Hold;
import regie.kernel.Json;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Row;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;
import regie.placement.Location;
import regie.placement.Room;
import regie.placement.Slot;

/**
 * Keeps {@code compute.host} as the servers are declared, and shows in their status what their agents say. A server with guests is
 * neither shrunk below what is claimed nor let go: it waits, and says so.
 */
public final class ServerLoop {
    private static final int BATCH = 500;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final String KIND = Servers.KIND.name();

    private final Database database;
    private final Resources resources;
    private final WorkQueue work;
    private volatile Optional<Locations> known = Optional.empty();

    public ServerLoop(Database database, Resources resources, WorkQueue work) {
        this.database = database;
        this.resources = resources;
        this.work = work;
    }

    public Loop start(Hints hints) {
        return Loop.start("servers", hints, List.of(WorkQueue.topic(KIND)), this::pass);
    }

    /** One look, which {@link #start} has again and again. */
    public Loop.Pass pass() {
        var locations = database.read(tx -> Locations.read(tx, resources));
        var pass = database.transact(Actor.ROOM, tx -> {
            if (!Optional.of(locations).equals(known)) wakeMoved(tx);
            var items = work.take(tx, KIND, BATCH, LEASE);
            var servers = resources.byUid(
                    tx, Servers.KIND, items.stream().map(WorkQueue.Item::object).toList());
            var waiting = follow(tx, locations, servers);
            work.complete(
                    tx,
                    KIND,
                    items.stream()
                            .filter(item -> !waiting.contains(item.object()))
                            .toList());
            work.postpone(
                    tx,
                    KIND,
                    items.stream()
                            .filter(item -> waiting.contains(item.object()))
                            .toList(),
                    LATER);
            return items.size() == BATCH ? Loop.Pass.MORE : Loop.Pass.DONE;
        });
        known = Optional.of(locations);
        return pass;
    }

    /** Whoever edits a site or a rack moves servers that he does not name. At the first pass all are looked at. */
    private static void wakeMoved(Tx tx) {
        WorkQueue.add(tx, KIND, tx.query("select server from compute.host", row -> row.uuid("server")));
    }

    /** @return uids of the servers that have to be looked at again */
    private Set<UUID> follow(Tx tx, Locations locations, List<Declared<ServerSpec, ServerStatus>> servers) {
        if (servers.isEmpty()) return new HashSet<>();
        Ledger.lock(tx);
        LedgerChanges.trim(tx);
        var gone = letGo(tx, servers);
        var kept =
                servers.stream().filter(server -> !gone.contains(server.uid())).toList();
        declare(tx, locations, kept);
        bury(tx, kept);
        var waiting = new HashSet<UUID>();
        var statuses = new HashMap<UUID, ServerStatus>();
        var rows = rows(tx, kept);
        for (var server : kept) {
            var status = status(server, Optional.ofNullable(rows.get(server.uid())));
            if (!status.holds().isEmpty()) waiting.add(server.uid());
            statuses.put(server.uid(), status);
        }
        resources.report(tx, Servers.KIND, statuses);
        WorkQueue.hurry(tx, Compute.INSTANCE.name());
        ReservationLedger.hurry(tx);
        ReservationLedger.wakeOn(tx, servers.stream().map(Declared::uid).toList());
        return waiting;
    }

    /** Who is declared dead and isn't heard is dead; who isn't any more, is heard and is clean, comes back. */
    private static void bury(Tx tx, List<Declared<ServerSpec, ServerStatus>> servers) {
        var dead = servers.stream()
                .filter(ServerLoop::declaredDead)
                .map(Declared::uid)
                .toList();
        for (var uid : tx.query(
                "select server from compute.host where server = any(:servers) and presence in ('SILENT', 'UNKNOWN') order by server",
                row -> row.uuid("server"),
                "servers",
                dead)) Deaths.declareDead(tx, uid, "an operator declared it dead");
        Deaths.takeBack(
                tx,
                servers.stream()
                        .map(Declared::uid)
                        .filter(uid -> !dead.contains(uid))
                        .toList());
    }

    private static boolean declaredDead(Declared<ServerSpec, ServerStatus> server) {
        return server.spec().state() == ServerSpec.State.DEAD;
    }

    private List<UUID> letGo(Tx tx, List<Declared<ServerSpec, ServerStatus>> servers) {
        var deleting =
                servers.stream().filter(Declared::deleting).map(Declared::uid).toList();
        if (deleting.isEmpty()) return List.of();
        ReservationLedger.leave(tx, deleting);
        tx.change("""
                delete from compute.host h where server = any(:servers)
                   and not exists (select from compute.allocation a where a.server = h.server)
                   and not exists (select from compute.migration m where m.server = h.server)
                """, "servers", deleting);
        var held = tx.query(
                "select server from compute.host where server = any(:servers)",
                row -> row.uuid("server"),
                "servers",
                deleting);
        var gone = deleting.stream().filter(uid -> !held.contains(uid)).toList();
        resources.finish(tx, Servers.KIND, gone);
        return gone;
    }

    /** Where the new size would be below what is claimed, the old size stays: {@link #status} tells. */
    private static void declare(Tx tx, Locations locations, List<Declared<ServerSpec, ServerStatus>> servers) {
        var hosts = servers.stream()
                .filter(server -> server.spec().hypervisor() != ServerSpec.Hypervisor.NONE)
                .sorted(Comparator.comparing(Declared::uid)) // all lock hosts in this order
                .toList();
        if (hosts.isEmpty()) return;
        var places = hosts.stream().map(server -> locations.of(server.spec())).toList();
        tx.change(
                """
                insert into compute.host as h
                       (server, name, site, country, room, rack, feeds, switches, labels, schedulable, project, overcommitted,
                        devices)
                select server, name, site, country, room, rack, feeds::jsonb, switches, labels::jsonb, schedulable,
                       nullif(project, ''), overcommitted, devices::jsonb
                  from unnest(:servers, :names, :sites, :countries, :rooms, :racks, :feeds, :switches, :labels, :schedulable,
                              :projects, :overcommitted, :devices)
                       as declared (server, name, site, country, room, rack, feeds, switches, labels, schedulable, project,
                                    overcommitted, devices)
                on conflict (server) do update
                   set site = excluded.site, country = excluded.country, room = excluded.room, rack = excluded.rack,
                       feeds = excluded.feeds, switches = excluded.switches, labels = excluded.labels,
                       schedulable = excluded.schedulable and h.quarantined is null, project = excluded.project,
                       devices = excluded.devices,
                       overcommitted = case when exists (select from compute.seat s where s.server = h.server)
                                            then h.overcommitted else excluded.overcommitted end
                """,
                "servers",
                hosts.stream().map(Declared::uid).toList(),
                "names",
                hosts.stream().map(Declared::name).toList(),
                "sites",
                places.stream().map(Location::site).toList(),
                "countries",
                places.stream().map(Location::country).toList(),
                "rooms",
                places.stream().map(Location::room).toList(),
                "racks",
                places.stream().map(Location::rack).toList(),
                "feeds",
                places.stream().map(place -> Json.write(place.feeds())).toList(),
                "switches",
                places.stream().map(Location::switches).toList(),
                "labels",
                hosts.stream().map(server -> Json.write(server.labels())).toList(),
                "schedulable",
                hosts.stream().map(server -> schedulable(server, locations)).toList(),
                "projects",
                hosts.stream()
                        .map(server -> server.spec().dedicatedTo().orElse(""))
                        .toList(),
                "devices",
                hosts.stream()
                        .map(server -> Json.write(Layouts.addresses(server.spec())))
                        .toList(),
                "overcommitted",
                hosts.stream().map(ServerLoop::overcommitted).toList());
        tx.change(
                """
                update compute.host h set draining = declared.draining from unnest(:servers, :draining) as declared (server, draining)
                 where h.server = declared.server and h.draining <> declared.draining
                """,
                "servers",
                hosts.stream().map(Declared::uid).toList(),
                "draining",
                hosts.stream().map(ServerLoop::draining).toList());
        tx.change(
                "update compute.host set quarantined = null where server = any(:servers) and quarantined is not null",
                "servers",
                hosts.stream()
                        .filter(server -> server.spec().state() != ServerSpec.State.SCHEDULABLE)
                        .map(Declared::uid)
                        .toList());
        tx.hint(MoveLoop.TOPIC);
        var sorts = sorts(tx, hosts);
        Slots.declare(
                tx,
                hosts.stream()
                        .filter(server -> overcommitted(server).equals(sorts.get(server.uid())))
                        .collect(Collectors.toMap(Declared::uid, server -> ServerRooms.of(server.spec()))));
    }

    private static Map<UUID, Boolean> sorts(Tx tx, List<Declared<ServerSpec, ServerStatus>> hosts) {
        return tx
                .query(
                        "select server, overcommitted from compute.host where server = any(:servers)",
                        row -> Map.entry(row.uuid("server"), row.flag("overcommitted")),
                        "servers",
                        hosts.stream().map(Declared::uid).toList())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Boolean overcommitted(Declared<ServerSpec, ServerStatus> server) {
        return server.spec().overcommit().isPresent();
    }

    private static boolean schedulable(Declared<ServerSpec, ServerStatus> server, Locations locations) {
        return server.spec().state() == ServerSpec.State.SCHEDULABLE
                && !server.deleting()
                && locations.operational(server.spec());
    }

    private static Boolean draining(Declared<ServerSpec, ServerStatus> server) {
        return server.spec().state() == ServerSpec.State.DRAINING && !server.deleting();
    }

    private record HostRow(
            Host.Presence presence,
            Optional<Instant> since,
            Map<Slot, Long> totals,
            boolean overcommitted,
            Optional<Capacity> offered,
            Optional<String> refused,
            int guests,
            Optional<String> stuck,
            Optional<String> proof,
            boolean heardAgain,
            boolean quarantined,
            List<Hold> concerns,
            List<Hold> degraded) {}

    private static Map<UUID, HostRow> rows(Tx tx, List<Declared<ServerSpec, ServerStatus>> servers) {
        var rows = new HashMap<UUID, HostRow>();
        var totals = Slots.totals(tx, servers.stream().map(Declared::uid).toList());
        tx.query(
                        """
                        select h.*, (select count(*) from compute.allocation a where a.server = h.server) as guests,
                               (select proof from compute.death d where d.server = h.server and d.returned is null) as proof,
                               (select string_agg(r.project || '/' || r.name || ': ' || m.why, '; ')
                                  from (select * from compute.move m where m.list = h.server and m.state = 'FAILED'
                                         order by place limit 3) m
                                  join kernel.resource r on r.uid = m.instance) as stuck
                          from compute.host h where server = any(:servers)
                        """,
                        row -> {
                            var server = row.uuid("server");
                            return Map.entry(server, hostRow(row, totals.getOrDefault(server, Map.of())));
                        },
                        "servers",
                        servers.stream().map(Declared::uid).toList())
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    private static HostRow hostRow(Row row, Map<Slot, Long> totals) {
        return new HostRow(
                Host.Presence.valueOf(row.text("presence")),
                row.maybeInstant("presence_since"),
                totals,
                row.flag("overcommitted"),
                row.maybeNumber("offered_vcpus").map(_ -> offered(row)),
                row.maybeText("refused_why")
                        .filter(_ -> row.number("refused_generation") > row.number("taken_generation")),
                row.integer("guests"),
                row.maybeText("stuck"),
                row.maybeText("proof"),
                row.maybeInstant("returns_since").isPresent(),
                row.maybeInstant("quarantined").isPresent(),
                List.of(Json.read(row.text("concerns"), Hold[].class)),
                List.of(Json.read(row.text("degraded"), Hold[].class)));
    }

    private static Capacity offered(Row row) {
        return new Capacity(
                row.integer("offered_vcpus"), row.number("offered_memory_mib"), row.number("offered_disk_gib"));
    }

    private static ServerStatus status(Declared<ServerSpec, ServerStatus> server, Optional<HostRow> row) {
        if (row.isEmpty()) return ServerStatus.UNKNOWN;
        var holds = new ArrayList<Hold>();
        boolean dead = row.get().presence() == Host.Presence.DEAD;
        if (dead)
            holds.add(Holds.dead(
                    row.get().proof().orElse(""),
                    declaredDead(server),
                    row.get().heardAgain()));
        else if (declaredDead(server)) holds.add(Holds.stillHeard());
        holds.addAll(row.get().concerns());
        holds.addAll(row.get().degraded());
        if (row.get().quarantined()) holds.add(Holds.quarantined(Deaths.RETURNS_MAX));
        if (server.deleting()) holds.add(Holds.stillRunsGuests(row.get().guests()));
        if (draining(server) && row.get().guests() > 0)
            holds.add(Holds.draining(row.get().guests(), row.get().stuck()));
        if (row.get().overcommitted() != overcommitted(server)) holds.add(Holds.sortInUse());
        else if (!row.get().totals().equals(declared(server.spec())))
            holds.add(Holds.claimedBeyond(server.spec().capacity()));
        row.get().refused().ifPresent(why -> holds.add(Holds.wishRefused(why)));
        row.get()
                .offered()
                .filter(offered -> lessThan(offered, server.spec().capacity()))
                .ifPresent(offered ->
                        holds.add(Holds.offersLess(offered, server.spec().capacity())));
        boolean suspect = row.get().presence() == Host.Presence.SILENT
                && !row.get().concerns().isEmpty();
        var presence = suspect
                ? ServerStatus.Presence.SUSPECT
                : ServerStatus.Presence.valueOf(row.get().presence().name());
        return new ServerStatus(presence, row.get().since(), row.get().offered(), holds);
    }

    private static Map<Slot, Long> declared(ServerSpec spec) {
        return ServerRooms.of(spec).stream().collect(Collectors.toMap(Room::slot, Room::total));
    }

    private static boolean lessThan(Capacity offered, Capacity total) {
        return offered.vcpus() < total.vcpus()
                || offered.memoryMiB() < total.memoryMiB()
                || offered.diskGiB() < total.diskGiB();
    }
}
