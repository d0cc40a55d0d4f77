package regie.continuity;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.kernel.Json;
import regie.kernel.Tx;

/** The only place with SQL on {@code continuity.lease_…}. */
final class LeaseLedger {
    private LeaseLedger() {}

    /** @param number of the newest terms ever made for it */
    record LeaseHost(String name, boolean holds, String tunnel, long number, PossibleTerms possible) {}

    record Condemned(String name, UUID server, long verdict) {}

    /** What every pass reads. */
    record Page(Refusals refusals, List<Condemned> condemned, Map<Ear, Instant> missed, List<Refused> promises) {}

    static Page page(Tx tx) {
        long number = tx.first("select number from continuity.lease_list", row -> row.number("number"))
                .orElseThrow();
        var condemned = condemned(tx);
        var list = condemned.stream().collect(Collectors.toMap(Condemned::name, Condemned::verdict));
        var missed = new HashMap<Ear, Instant>();
        tx.query(
                        "select host, listener, since from continuity.lease_ear where misses",
                        row -> Map.entry(new Ear(row.text("host"), row.text("listener")), row.instant("since")))
                .forEach(each -> missed.put(each.getKey(), each.getValue()));
        var promises = condemned.isEmpty()
                ? List.<Refused>of()
                : tx.query(
                        "select p.* from continuity.lease_promise p join continuity.lease_condemned c on c.verdict = p.verdict",
                        row -> new Refused(
                                row.text("granter"), row.text("host"), row.number("verdict"), row.number("elapsed")));
        return new Page(new Refusals(number, list), condemned, missed, promises);
    }

    private static List<Condemned> condemned(Tx tx) {
        return tx.query(
                "select name, server, verdict from continuity.lease_condemned",
                row -> new Condemned(row.text("name"), row.uuid("server"), row.number("verdict")));
    }

    /** All pairs of whom anything is known. */
    static Set<Ear> ears(Tx tx) {
        return Set.copyOf(tx.query(
                "select host, listener from continuity.lease_ear",
                row -> new Ear(row.text("host"), row.text("listener"))));
    }

    static Map<String, LeaseHost> hosts(Tx tx) {
        return tx
                .query(
                        "select * from continuity.lease_host",
                        row -> new LeaseHost(
                                row.text("name"),
                                row.flag("holds"),
                                row.text("tunnel"),
                                row.number("number"),
                                Json.read(row.text("possible"), PossibleTerms.class)))
                .stream()
                .collect(Collectors.toMap(LeaseHost::name, it -> it));
    }

    static void keep(Tx tx, LeaseHost host) {
        tx.change(
                """
                insert into continuity.lease_host (name, holds, tunnel, number, possible)
                values (:name, :holds, :tunnel, :number, :possible)
                on conflict (name) do update
                   set holds = excluded.holds, tunnel = excluded.tunnel, number = excluded.number, possible = excluded.possible
                """,
                "name",
                host.name(),
                "holds",
                host.holds(),
                "tunnel",
                host.tunnel(),
                "number",
                host.number(),
                "possible",
                Json.write(host.possible()));
    }

    static void forget(Tx tx, Collection<String> hosts) {
        tx.change("delete from continuity.lease_host where name = any(:hosts)", "hosts", hosts);
        tx.change(
                "delete from continuity.lease_ear where host = any(:hosts) or listener = any(:hosts)", "hosts", hosts);
    }

    /** While this transaction lasts nobody is condemned, and nobody else makes terms. @return who is condemned */
    static Set<String> hold(Tx tx) {
        tx.query("select number from continuity.lease_list for update", row -> row.number("number"));
        return condemned(tx).stream().map(Condemned::name).collect(Collectors.toSet());
    }

    /** @param names of those servers */
    static void condemn(Tx tx, Map<UUID, Long> wanted, Map<UUID, String> names) {
        var now = condemned(tx).stream().collect(Collectors.toMap(Condemned::server, Condemned::verdict));
        var named = new HashMap<>(wanted);
        named.keySet().retainAll(names.keySet());
        if (now.equals(named)) return;
        tx.change("update continuity.lease_list set number = number + 1");
        tx.change(
                "delete from continuity.lease_condemned where not (server = any(:servers))", "servers", named.keySet());
        named.forEach((server, verdict) ->
                tx.change("""
                insert into continuity.lease_condemned (name, server, verdict) values (:name, :server, :verdict)
                on conflict (name) do update set server = excluded.server, verdict = excluded.verdict
                """, "name", names.getOrDefault(server, ""), "server", server, "verdict", verdict));
        tx.change(
                "delete from continuity.lease_promise p where not exists (select from continuity.lease_condemned c where c.verdict = p.verdict)");
    }

    /** From now on this server of the room may grant. */
    static void speak(Tx tx, String own) {
        tx.change("""
                insert into continuity.lease_voice (name, seen) values (:name, clock_timestamp())
                on conflict (name) do update set seen = excluded.seen
                """, "name", own);
        tx.change("delete from continuity.lease_voice where seen < clock_timestamp() - interval '10 minutes'");
    }

    /** Servers of the room that may have granted, within the last ten minutes. */
    static Set<String> voices(Tx tx) {
        return Set.copyOf(tx.query("select name from continuity.lease_voice", row -> row.text("name")));
    }

    static void promised(Tx tx, Refused promise) {
        tx.change(
                """
                insert into continuity.lease_promise (verdict, host, granter, elapsed) values (:verdict, :host, :granter, :elapsed)
                on conflict do nothing
                """,
                "verdict",
                promise.condemnation(),
                "host",
                promise.host(),
                "granter",
                promise.by(),
                "elapsed",
                promise.elapsedNanos());
    }

    /** @param silentMillis for how long it has been so already */
    static void hears(Tx tx, Ear ear, boolean misses, long silentMillis) {
        tx.change("""
                insert into continuity.lease_ear as e (host, listener, misses, since)
                values (:host, :listener, :misses, clock_timestamp() - :silent * interval '1 millisecond')
                on conflict (host, listener) do update set misses = excluded.misses, since = excluded.since
                 where e.misses <> excluded.misses
                """, "host", ear.host(), "listener", ear.listener(), "misses", misses, "silent", silentMillis);
    }
}
