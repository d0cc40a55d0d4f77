package regie.compute;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.agent.contract.Report;
import regie.estate.Servers;
import regie.kernel.Hold;
import regie.kernel.Json;
import regie.kernel.Row;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/**
 * Who is dead, and who has come back: the only place with SQL on {@code compute.death}. Whoever declares a death vouches that nothing
 * of that host runs, nor will run again without a newer wish; its machines are started elsewhere on the strength of it.
 */
public final class Deaths {
    /** Hinted at when somebody falls silent, is heard again, dies or comes back. */
    public static final String TOPIC = "deaths";

    private static final Logger LOG = LoggerFactory.getLogger(Deaths.class);
    /** So many returns within an hour are more than an accident. */
    static final int RETURNS_MAX = 3;
    /** Of those that are over, so many are remembered. */
    private static final int KEPT = 10_000;

    private static final String SELECT =
            "select number, server, name, site, declared, proof, returned from compute.death ";

    private Deaths() {}

    /**
     * Nothing of this server runs, and it was silent since before that was proven. From here on its machines may be started elsewhere, and what it says of them is not believed.
     *
     * @param proof in words, for those who ask why; no secrets
     * @return false where it is heard or dead already, or runs no guests
     */
    public static boolean declareDead(Tx tx, UUID server, String proof) {
        return declareDead(tx, server, proof, Instant.EPOCH);
    }

    /**
     * The same, of a server that others know to be missed before the room itself takes it for silent.
     *
     * @param missedSince one that has come up since is heard, whatever was proven before
     */
    public static boolean declareDead(Tx tx, UUID server, String proof, Instant missedSince) {
        Ledger.lock(tx);
        Ledger.lockHosts(tx, List.of(server));
        var dead = tx.first("""
                update compute.host set presence = 'DEAD', presence_since = clock_timestamp(), returns_since = null,
                       clean_generation = null
                 where server = :server and presence <> 'DEAD' and (presence <> 'UP' or presence_since <= :missed) returning name
                """, row -> row.text("name"), "server", server, "missed", missedSince);
        if (dead.isEmpty()) return false;
        LOG.warn("{} is dead: {}", dead.get(), proof);
        tx.change("""
                insert into compute.death (server, name, site, declared, proof)
                select server, name, site, clock_timestamp(), :proof from compute.host where server = :server
                """, "server", server, "proof", proof);
        tx.change("delete from compute.seen where server = :server", "server", server);
        tx.change("""
                delete from compute.death where returned is not null
                   and number <= (select max(number) from compute.death) - :kept
                """, "kept", KEPT);
        wake(tx, List.of(server));
        return true;
    }

    /** Nobody hears these and no storm explains it: they are given nothing, and what owns nothing there is replaced. All others are not doubted. */
    public static void doubt(Tx tx, Collection<UUID> servers) {
        var changed = tx.query(
                "update compute.host set doubted = not doubted where doubted <> (server = any(:servers)) returning server",
                row -> row.uuid("server"),
                "servers",
                servers);
        if (!changed.isEmpty()) wake(tx, changed);
    }

    /** Nobody else plans, nor writes down who is heard, until {@code tx} ends. */
    public static void alone(Tx tx) {
        Ledger.lock(tx);
    }

    /** All hosts that ever attended, by name. */
    public static List<Watched> watched(Tx tx) {
        return tx.query(
                "select server, name, site, presence, presence_since from compute.host where presence <> 'UNKNOWN' order by name",
                row -> new Watched(
                        row.uuid("server"),
                        row.text("name"),
                        row.text("site"),
                        row.text("presence").equals("DEAD"),
                        row.text("presence").equals("UP"),
                        row.instant("presence_since")));
    }

    /** What is shown of these servers beside what compute itself knows; of all others nothing any more. */
    public static void concern(Tx tx, Map<UUID, List<Hold>> concerns) {
        var each = List.copyOf(concerns.entrySet());
        WorkQueue.add(
                tx,
                Servers.KIND.name(),
                tx.query(
                        """
                        update compute.host h set concerns = coalesce(now.concerns::jsonb, '[]')
                          from compute.host was
                          left join unnest(:servers::uuid[], :concerns::text[]) as now (server, concerns) on now.server = was.server
                         where h.server = was.server and h.concerns <> coalesce(now.concerns::jsonb, '[]')
                        returning h.server
                        """,
                        row -> row.uuid("server"),
                        "servers",
                        each.stream().map(Map.Entry::getKey).toList(),
                        "concerns",
                        each.stream().map(entry -> Json.write(entry.getValue())).toList()));
    }

    /** Of one server, where it is dead. */
    public static Optional<Death> of(Tx tx, UUID server) {
        return tx.first(SELECT + "where server = :server and returned is null", Deaths::death, "server", server);
    }

    /** The newest first. */
    public static List<Death> newest(Tx tx, int most) {
        return tx.query(SELECT + "order by number desc limit :most", Deaths::death, "most", most);
    }

    private static Death death(Row row) {
        return new Death(
                row.number("number"),
                row.uuid("server"),
                row.text("name"),
                row.text("site"),
                row.instant("declared"),
                row.text("proof"),
                row.maybeInstant("returned"));
    }

    /**
     * Those of the dead that are heard again get a wish of their own, so that what they report of that is what is left on them.
     *
     * @return servers of the dead of whom anything was heard, to be looked at
     */
    static List<UUID> heard(Tx tx, Presences.Heard heard) {
        var back = names(heard, Presences.News.UP);
        var reported = heard.reports().stream()
                .map(Report::host)
                .filter(host -> heard.news().get(host) != Presences.News.SILENT)
                .toList();
        // One that was missed for less time than the room needs to call it silent comes back without a word of it.
        var again = back.isEmpty() && reported.isEmpty()
                ? List.<UUID>of()
                : tx.query("""
                update compute.host set returns_since = clock_timestamp(), generation = generation + 1,
                       clean_generation = generation + 1
                 where presence = 'DEAD' and (name = any(:back) or returns_since is null and name = any(:reported))
                returning server
                """, row -> row.uuid("server"), "back", back, "reported", reported);
        if (!again.isEmpty()) tx.hint(Wishes.TOPIC);
        var silent = names(heard, Presences.News.SILENT);
        if (!silent.isEmpty())
            tx.change(
                    "update compute.host set returns_since = null, clean_generation = null where presence = 'DEAD' and name = any(:names)",
                    "names",
                    silent);
        return tx.query(
                "select server from compute.host where presence = 'DEAD' and name = any(:names)",
                row -> row.uuid("server"),
                "names",
                heard.hosts());
    }

    private static List<String> names(Presences.Heard heard, Presences.News what) {
        return heard.news().entrySet().stream()
                .filter(entry -> entry.getValue() == what)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Takes back into service those of {@code servers} that are dead, are heard, and have reported since that nothing is there but
     * what their wish lists. Who came back too often is quarantined.
     */
    static void takeBack(Tx tx, Collection<UUID> servers) {
        var clean = tx.query("""
                update compute.host h set presence = 'UP', presence_since = clock_timestamp(), returns_since = null,
                       clean_generation = null, generation = generation + 1
                 where h.server = any(:servers) and h.presence = 'DEAD' and h.returns_since is not null
                   and h.taken_generation >= h.clean_generation
                   and not exists (
                     select from compute.seen s where s.server = h.server
                        and not exists (select from compute.allocation a
                                         where a.server = h.server and a.instance = s.instance and a.leaving_since is null))
                returning server
                """, row -> row.uuid("server"), "servers", servers);
        if (clean.isEmpty()) return;
        tx.change(
                "update compute.death set returned = clock_timestamp() where server = any(:servers) and returned is null",
                "servers",
                clean);
        tx.change("""
                update compute.host h set quarantined = clock_timestamp(), schedulable = false
                 where h.server = any(:servers) and h.quarantined is null
                   and :most <= (select count(*) from compute.death d
                                  where d.server = h.server and d.returned > clock_timestamp() - interval '1 hour')
                """, "servers", clean, "most", RETURNS_MAX);
        LOG.info("back from the dead, and clean: {} servers", clean.size());
        tx.hint(Wishes.TOPIC); // what waited there, shut off, may run again
        wake(tx, clean);
    }

    /** Who stands there, the fleets of those, and who waits for room. */
    private static void wake(Tx tx, List<UUID> servers) {
        var instances = tx.query("""
                select instance from compute.allocation where server = any(:servers)
                 union select instance from compute.migration where server = any(:servers)
                """, row -> row.uuid("instance"), "servers", servers);
        WorkQueue.add(tx, Compute.INSTANCE.name(), instances);
        WorkQueue.add(
                tx,
                Compute.FLEET.name(),
                tx.query(
                        "select distinct owner from kernel.resource where uid = any(:instances) and owner is not null",
                        row -> row.uuid("owner"),
                        "instances",
                        instances));
        WorkQueue.add(tx, Servers.KIND.name(), servers);
        tx.hint(TOPIC);
        WorkQueue.hurry(tx, Compute.INSTANCE.name());
        ReservationLedger.hurry(tx);
        ReservationLedger.wakeOn(tx, servers);
    }
}
