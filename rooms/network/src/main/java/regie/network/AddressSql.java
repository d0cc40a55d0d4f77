package regie.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Declared;
import regie.kernel.Row;
import regie.kernel.Status;
import regie.kernel.Tx;

/** The statements of {@link Addresses}: the only place with the tables {@code network.address} and {@code network.cursor}. */
final class AddressSql {
    private AddressSql() {}

    /** Keeps other takers of this network waiting until the transaction ends. */
    static void lock(Tx tx, UUID network) {
        tx.change(
                "insert into network.cursor as c (network) values (:network) on conflict (network) do update set last = c.last",
                "network",
                network);
    }

    /**
     * @param macs by owner who needs an address; the order says who goes away empty where there are too few
     * @param within so many addresses behind the one given last are looked at
     */
    static Map<UUID, Address> insert(Tx tx, UUID network, NetworkSpec spec, Map<UUID, String> macs, long within) {
        var rows = tx.query(
                """
                with bounds as (
                  select :first::inet as first, :last::inet - :first::inet + 1 as size,
                         coalesce((select last - :first::inet + 1 from network.cursor where network = :network), 0) as ahead),
                free as (
                  select step, ip from bounds, generate_series(0, least(size, :within) - 1) as step,
                         lateral (select first + (case when ahead between 0 and size then ahead + step else step end) % size as ip) candidate
                   where ip <> :gateway::inet
                     and not exists (select from network.address taken where taken.network = :network and taken.ip = candidate.ip)
                   order by step limit :most),
                numbered as (select ip, step, row_number() over (order by step) as turn from free),
                given as (
                  insert into network.address (network, ip, owner, mac)
                  select :network, ip, owner, mac::macaddr
                    from numbered join unnest(:owners, :macs) with ordinality as lacking (owner, mac, turn) using (turn)
                  returning network, ip, owner, mac),
                moved as (
                  update network.cursor set last = (select ip from numbered order by step desc limit 1)
                   where network = :network and exists (select from numbered))
                select network, owner, host(ip) as ip, mac::text as mac from given
                """,
                AddressSql::owned,
                "network",
                network,
                "first",
                spec.range().first(),
                "last",
                spec.range().last(),
                "gateway",
                spec.gateway(),
                "within",
                within,
                "most",
                macs.size(),
                "owners",
                List.copyOf(macs.keySet()),
                "macs",
                List.copyOf(macs.values()));
        return rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Map<UUID, Address> of(Tx tx, UUID network, Collection<UUID> owners) {
        return tx.query("""
                        select network, owner, host(ip) as ip, mac::text as mac from network.address
                         where network = :network and owner = any(:owners)
                        """, AddressSql::owned, "network", network, "owners", owners).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Map<UUID, List<Address>> of(Tx tx, Collection<UUID> owners) {
        var found = new HashMap<UUID, List<Address>>();
        tx.query("""
                        select network, owner, host(ip) as ip, mac::text as mac from network.address where owner = any(:owners)
                        """, AddressSql::owned, "owners", owners)
                .forEach(owned -> found.computeIfAbsent(owned.getKey(), _ -> new java.util.ArrayList<>())
                        .add(owned.getValue()));
        return found;
    }

    static Set<String> macsTaken(Tx tx, UUID network, Collection<String> macs) {
        return Set.copyOf(tx.query(
                "select mac::text as mac from network.address where network = :network and mac = any(:macs::macaddr[])",
                row -> row.text("mac"),
                "network",
                network,
                "macs",
                macs));
    }

    /** The size of the range, without the gateway where it lies inside, less what is taken but for what is outside it. */
    static Map<UUID, Integer> free(Tx tx, Collection<Declared<NetworkSpec, Status.None>> networks) {
        return tx
                .query(
                        """
                        select pool.network, (last::inet - first::inet + 1
                               - (gateway::inet between first::inet and last::inet)::int
                               - coalesce((select taken from network.cursor c where c.network = pool.network), 0)
                               + (select count(*) from network.address a where a.network = pool.network and a.ip < first::inet)
                               + (select count(*) from network.address a where a.network = pool.network and a.ip > last::inet))::bigint as free
                          from unnest(:networks, :firsts, :lasts, :gateways) as pool (network, first, last, gateway)
                        """,
                        row -> Map.entry(row.uuid("network"), row.integer("free")),
                        "networks",
                        networks.stream().map(Declared::uid).toList(),
                        "firsts",
                        networks.stream()
                                .map(network -> network.spec().range().first())
                                .toList(),
                        "lasts",
                        networks.stream()
                                .map(network -> network.spec().range().last())
                                .toList(),
                        "gateways",
                        networks.stream()
                                .map(network -> network.spec().gateway())
                                .toList())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static void delete(Tx tx, Collection<UUID> owners) {
        tx.change("delete from network.address where owner = any(:owners)", "owners", owners);
    }

    static void handOver(Tx tx, Map<UUID, UUID> heirs) {
        var owners = List.copyOf(heirs.keySet());
        tx.change(
                """
                update network.address a set owner = heir
                  from unnest(:owners, :heirs) as goes (owner, heir) where a.owner = goes.owner
                """,
                "owners",
                owners,
                "heirs",
                owners.stream().map(heirs::get).map(regie.kernel.Check::present).toList());
    }

    private static Map.Entry<UUID, Address> owned(Row row) {
        return Map.entry(row.uuid("owner"), new Address(row.uuid("network"), row.text("ip"), row.text("mac")));
    }
}
