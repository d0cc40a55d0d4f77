package regie.continuity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.compute.HostGuests;
import regie.continuity.MaintenanceStatus.Outcome;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.kernel.Declared;
import regie.kernel.Row;
import regie.kernel.Tx;

/** How far servers have come: the only place with SQL on {@code continuity.maintenance_host} and {@code maintenance_machine}. */
final class MaintenanceLedger {
    private MaintenanceLedger() {}

    /** Of all servers of the room one plans maintenance at a time, so that no two take out what only one of them may. */
    static void lock(Tx tx) {
        tx.query("select pg_advisory_xact_lock(hashtext('continuity.maintenance'))", _ -> true);
    }

    /** @param before what was declared of it before it was taken out */
    record Entry(
            UUID server,
            String name,
            String rack,
            String site,
            MaintenanceStage stage,
            Instant since,
            Optional<ServerSpec.State> before,
            int retries,
            Optional<Instant> looked,
            String note,
            Told told) {}

    /** How a server was told to boot anew. */
    record Told(Optional<String> before, Optional<Instant> at, int tells, String fault) {}

    static List<Entry> hosts(Tx tx, UUID maintenance) {
        return tx.query(
                "select * from continuity.maintenance_host where maintenance = :maintenance order by site, rack, name",
                MaintenanceLedger::host,
                "maintenance",
                maintenance);
    }

    private static Entry host(Row row) {
        return new Entry(
                row.uuid("server"),
                row.text("name"),
                row.text("rack"),
                row.text("site"),
                MaintenanceStage.valueOf(row.text("stage")),
                row.instant("since"),
                row.maybeText("state_before").map(ServerSpec.State::valueOf),
                row.integer("retries"),
                row.maybeInstant("looked"),
                row.text("note"),
                new Told(
                        row.maybeText("boot_before"),
                        row.maybeInstant("told"),
                        row.integer("tells"),
                        row.text("fault")));
    }

    /** Servers that are out for others than this one. */
    static Set<UUID> outForOthers(Tx tx, UUID maintenance) {
        return tx.query("""
                        select server from continuity.maintenance_host
                         where maintenance <> :maintenance and stage in ('DRAINING', 'EMPTY', 'WORKING', 'VERIFYING', 'FAILED')
                        """, row -> row.uuid("server"), "maintenance", maintenance).stream()
                .collect(Collectors.toSet());
    }

    /** Servers that may be without power because somebody works on them: their silence is no news, and no proof of anything. */
    static Set<UUID> atWork(Tx tx) {
        return tx
                .query(
                        "select server from continuity.maintenance_host where stage in ('WORKING', 'VERIFYING', 'FAILED')",
                        row -> row.uuid("server"))
                .stream()
                .collect(Collectors.toSet());
    }

    static void enlist(Tx tx, UUID maintenance, List<Declared<ServerSpec, ServerStatus>> servers, Instant now) {
        if (servers.isEmpty()) return;
        tx.change(
                """
                insert into continuity.maintenance_host (maintenance, server, name, rack, site, stage, since)
                select :maintenance, server, name, rack, site, 'PENDING', :now
                  from unnest(:servers, :names, :racks, :sites) as fresh (server, name, rack, site)
                on conflict do nothing
                """,
                "maintenance",
                maintenance,
                "now",
                now,
                "servers",
                servers.stream().map(Declared::uid).toList(),
                "names",
                servers.stream().map(Declared::name).toList(),
                "racks",
                servers.stream().map(server -> server.spec().rack().orElse("")).toList(),
                "sites",
                servers.stream().map(server -> server.spec().site()).toList());
    }

    /** Servers that are no longer in its scope, or no longer there, and not out. */
    static void strike(Tx tx, UUID maintenance, Collection<UUID> servers) {
        if (servers.isEmpty()) return;
        tx.change(
                "delete from continuity.maintenance_host where maintenance = :maintenance and server = any(:servers)",
                "maintenance",
                maintenance,
                "servers",
                servers);
    }

    static void takeOut(Tx tx, UUID maintenance, UUID server, ServerSpec.State before, Instant now) {
        tx.change("""
                update continuity.maintenance_host set stage = 'DRAINING', since = :now, state_before = :before, note = '', looked = null,
                       boot_before = null, told = null, tells = 0, fault = ''
                 where maintenance = :maintenance and server = :server
                """, "maintenance", maintenance, "server", server, "before", before, "now", now);
    }

    static void reach(
            Tx tx, UUID maintenance, UUID server, MaintenanceStage stage, String note, int retries, Instant now) {
        tx.change(
                """
                update continuity.maintenance_host set stage = :stage, since = :now, note = :note, retries = :retries
                 where maintenance = :maintenance and server = :server
                """,
                "maintenance",
                maintenance,
                "server",
                server,
                "stage",
                stage,
                "note",
                note,
                "retries",
                retries,
                "now",
                now);
    }

    /** From here on it is told to leave {@code boot}; it counts as worked on since it was told first. */
    static void reboot(Tx tx, UUID maintenance, MaintenanceHost host, String boot, boolean byAgent, Instant now) {
        boolean first = host.stage() != MaintenanceStage.WORKING;
        tx.change(
                """
                update continuity.maintenance_host
                   set stage = 'WORKING', since = case when :first then :now else since end, note = '',
                       boot_before = :boot, told = :now, tells = case when :first then 1 else tells + 1 end,
                       by_agent = :byAgent, fault = ''
                 where maintenance = :maintenance and server = :server
                """,
                "maintenance",
                maintenance,
                "server",
                host.server(),
                "boot",
                boot,
                "first",
                first,
                "byAgent",
                byAgent,
                "now",
                now);
    }

    /** Whether the word of {@code told} is the newest, and still to be carried out. */
    static boolean stillToReboot(Tx tx, UUID maintenance, UUID server, Instant told) {
        return tx.first("""
                        select told from continuity.maintenance_host
                         where maintenance = :maintenance and server = :server and told = :told and stage = 'WORKING' and not by_agent
                        """, row -> row.instant("told"), "maintenance", maintenance, "server", server, "told", told)
                .isPresent();
    }

    static void rebootFailed(Tx tx, UUID maintenance, UUID server, Instant told, String fault) {
        tx.change("""
                update continuity.maintenance_host set fault = :fault
                 where maintenance = :maintenance and server = :server and told = :told
                """, "maintenance", maintenance, "server", server, "told", told, "fault", fault);
    }

    /** By host, the boots that agents are to have their hosts leave. */
    static Map<String, String> toldByAgents(Tx tx) {
        return tx.query("""
                        select name, boot_before from continuity.maintenance_host
                         where stage = 'WORKING' and by_agent and boot_before is not null
                        """, row -> Map.entry(row.text("name"), row.text("boot_before"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one));
    }

    static void refuse(Tx tx, UUID maintenance, UUID server, String why, Instant now) {
        tx.change("""
                update continuity.maintenance_host set looked = :now, note = :why
                 where maintenance = :maintenance and server = :server
                """, "maintenance", maintenance, "server", server, "why", why, "now", now);
    }

    /** A machine that had to leave a server. */
    record Leaving(UUID server, UUID instance, String origin, Instant begun, Outcome outcome) {}

    static void leaving(
            Tx tx, UUID maintenance, MaintenanceHost host, List<HostGuests.Standing> machines, Instant now) {
        if (machines.isEmpty()) return;
        tx.change(
                """
                insert into continuity.maintenance_machine (maintenance, server, instance, name, origin, begun)
                select :maintenance, :server, instance, name, :origin, :now
                  from unnest(:instances, :names) as leaving (instance, name)
                on conflict do nothing
                """,
                "maintenance",
                maintenance,
                "server",
                host.server(),
                "origin",
                host.name(),
                "now",
                now,
                "instances",
                machines.stream().map(HostGuests.Standing::instance).toList(),
                "names",
                machines.stream().map(MaintenanceHolds::name).toList());
    }

    /** Those of whom it is not known yet how they did, and those that are shut off. */
    static List<Leaving> open(Tx tx, UUID maintenance) {
        return tx.query(
                "select * from continuity.maintenance_machine where maintenance = :maintenance and outcome in ('LEAVING', 'STOPPED')",
                row -> new Leaving(
                        row.uuid("server"),
                        row.uuid("instance"),
                        row.text("origin"),
                        row.instant("begun"),
                        Outcome.valueOf(row.text("outcome"))),
                "maintenance",
                maintenance);
    }

    static void settle(
            Tx tx,
            UUID maintenance,
            Leaving machine,
            Outcome outcome,
            Optional<String> to,
            Optional<Double> seconds,
            Optional<Long> downtimeMillis) {
        tx.change(
                """
                update continuity.maintenance_machine
                   set outcome = :outcome, destination = :to, millis = :millis, downtime_millis = :downtime
                 where maintenance = :maintenance and server = :server and instance = :instance
                """,
                "outcome",
                outcome,
                "to",
                to,
                "millis",
                seconds.map(many -> Math.round(many * 1_000)),
                "downtime",
                downtimeMillis,
                "maintenance",
                maintenance,
                "server",
                machine.server(),
                "instance",
                machine.instance());
    }

    static List<MaintenanceStatus.Machine> machines(Tx tx, UUID maintenance) {
        return tx.query(
                """
                select * from continuity.maintenance_machine where maintenance = :maintenance
                 order by begun desc, origin, name limit :most
                """,
                row -> new MaintenanceStatus.Machine(
                        row.text("name"),
                        row.text("origin"),
                        row.maybeText("destination"),
                        Outcome.valueOf(row.text("outcome")),
                        row.maybeNumber("millis").map(millis -> millis / 1e3),
                        row.maybeNumber("downtime_millis")),
                "maintenance",
                maintenance,
                "most",
                MaintenanceStatus.MACHINES_SHOWN);
    }

    static Optional<Long> longestDowntimeMillis(Tx tx, UUID maintenance) {
        return tx.first(
                        "select max(downtime_millis) as longest from continuity.maintenance_machine where maintenance = :maintenance",
                        row -> row.maybeNumber("longest"),
                        "maintenance",
                        maintenance)
                .flatMap(longest -> longest);
    }

    static void forget(Tx tx, UUID maintenance) {
        tx.change(
                "delete from continuity.maintenance_host where maintenance = :maintenance", "maintenance", maintenance);
    }
}
