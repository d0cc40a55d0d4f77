package regie.compute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;
import regie.placement.Goal;

/**
 * Lets wanted moves begin, few at a time: so many in all, and so many for each server that they touch. Whether a move may be made
 * is asked again when its turn comes, by whoever looks at the instance; this loop only deals out turns.
 */
public final class MoveLoop {
    static final String TOPIC = "moves";
    private static final int AT_A_TIME = 4;
    private static final int OF_A_HOST = 2;
    private static final int LOOKED_AT = 500;
    /** A move that was let begin and did not, because its host is silent, gives its turn to another. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** What could not leave a server that is to be emptied is tried again after so long. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Database database;
    private final Picture picture;
    private final Clock clock;

    public MoveLoop(Database database, Picture picture, Clock clock) {
        this.database = database;
        this.picture = picture;
        this.clock = clock;
    }

    public Loop start(Hints hints) {
        return Loop.start("moves", hints, List.of(TOPIC), this::pass);
    }

    /** One look, which {@link #start} has again and again. */
    public Loop.Pass pass() {
        if (idle()) return Loop.Pass.DONE;
        database.change(Actor.ROOM, tx -> {
            Ledger.lock(tx);
            MoveLists.giveUp(tx, PATIENCE, clock.now());
            drain(tx);
            letBegin(tx);
            MoveLists.end(tx, clock.now());
        });
        return Loop.Pass.DONE;
    }

    private boolean idle() {
        return database.read(tx -> tx.query("""
                        select 1 as one where exists (select from compute.move_list where ended is null)
                                           or exists (select from compute.host where draining)
                        """, row -> row.integer("one"))).isEmpty();
    }

    /**
     * Servers that are to be emptied: everything on them that is not on its way already is wanted elsewhere, planned in the same way as
     * a list whose goal is to evacuate.
     */
    private void drain(Tx tx) {
        tx.change("""
                delete from compute.move_list l using compute.host h where h.server = l.list and not h.draining
                   and not exists (select from compute.move m where m.list = l.list and m.state = 'GOING')
                """);
        tx.change("""
                insert into compute.move_list (list, origin, begun)
                select server, name, :now from compute.host where draining on conflict do nothing
                """, "now", clock.now());
        tx.change("""
                delete from compute.move m using compute.host h
                 where h.server = m.list and (m.state = 'DONE' or m.state in ('FAILED', 'DROPPED') and m.changed < :before)
                """, "before", clock.now().minus(AGAIN));
        var leaving = tx.query("""
                select h.server, a.instance
                  from compute.host h join compute.allocation a on a.server = h.server
                 where h.draining and a.leaving_since is null
                   and not exists (select from compute.migration g where g.instance = a.instance)
                   and not exists (select from compute.move m where m.instance = a.instance and m.list = h.server)
                 order by h.server, a.instance limit :most
                """, row -> new Leaving(row.uuid("server"), row.uuid("instance")), "most", LOOKED_AT);
        if (!leaving.isEmpty()) evacuate(tx, leaving);
    }

    private record Leaving(UUID server, UUID instance) {}

    /**
     * To where the plan has it. Those for which it found no place go on the list too, behind the others: when their turn comes, there
     * is a place, or it is said why there is none.
     */
    private void evacuate(Tx tx, List<Leaving> leaving) {
        var survival = picture.copy(tx).survival();
        var instances = leaving.stream().map(Leaving::instance).collect(Collectors.toSet());
        var servers = leaving.stream().map(Leaving::server).collect(Collectors.toSet());
        var plan = MovePlans.of(tx, survival, guest -> instances.contains(guest.id()), leaving.size())
                .plan(new Goal.Evacuate(servers));
        var wanted = new LinkedHashMap<UUID, List<MoveLists.Wanted>>();
        for (var move : plan.moves()) {
            var to = survival.inventory().host(move.to().host()).orElseThrow().name();
            wanted.computeIfAbsent(move.from().host(), _ -> new ArrayList<>())
                    .add(new MoveLists.Wanted(move.guest(), Destination.of(to, move.to())));
            instances.remove(move.guest());
        }
        for (var each : leaving) {
            if (instances.contains(each.instance()))
                wanted.computeIfAbsent(each.server(), _ -> new ArrayList<>())
                        .add(new MoveLists.Wanted(each.instance(), Destination.BEST));
        }
        wanted.forEach((server, moves) -> MoveLists.add(tx, server, moves, clock.now()));
    }

    private record Turn(UUID list, UUID instance, List<UUID> servers) {}

    private void letBegin(Tx tx) {
        var load = new HashMap<UUID, Integer>();
        int going = underWay(tx, load);
        var begins = new ArrayList<Turn>();
        for (var turn : turns(tx)) {
            if (going >= AT_A_TIME) break;
            if (turn.servers().stream().anyMatch(server -> load.getOrDefault(server, 0) >= OF_A_HOST)) continue;
            turn.servers().forEach(server -> load.merge(server, 1, Integer::sum));
            going++;
            begins.add(turn);
        }
        if (begins.isEmpty()) return;
        var instances = begins.stream().map(Turn::instance).toList();
        tx.change(
                "update compute.move set state = 'GOING', changed = :now where state = 'WAITING' and instance = any(:instances)",
                "now",
                clock.now(),
                "instances",
                instances);
        WorkQueue.add(tx, Compute.INSTANCE.name(), instances);
    }

    /** @param load how many moves each server has to do with, filled in here */
    private static int underWay(Tx tx, Map<UUID, Integer> load) {
        var moves = tx.query("""
                select a.server, m.server as other from compute.migration m join compute.allocation a on a.instance = m.instance
                union all
                select a.server, null from compute.move m join compute.allocation a on a.instance = m.instance
                 where m.state = 'GOING' and not exists (select from compute.migration g where g.instance = m.instance)
                """, row -> {
            load.merge(row.uuid("server"), 1, Integer::sum);
            row.maybeText("other").map(UUID::fromString).ifPresent(other -> load.merge(other, 1, Integer::sum));
            return true;
        });
        return moves.size();
    }

    /** In the order of the lists, and of each list. */
    private static List<Turn> turns(Tx tx) {
        return tx.query(
                """
                select m.list, m.instance, a.server, to_host.server as other
                  from compute.move m
                  join compute.move_list l on l.list = m.list and not l.stopped
                  join compute.allocation a on a.instance = m.instance
                  join compute.host own on own.server = a.server and own.presence = 'UP'
                  left join compute.host to_host on to_host.name = m.destination
                 where m.state = 'WAITING' and not exists (select from compute.migration g where g.instance = m.instance)
                 order by l.number, m.place limit :most
                """,
                row -> {
                    var servers = new ArrayList<UUID>();
                    servers.add(row.uuid("server"));
                    row.maybeText("other").map(UUID::fromString).ifPresent(servers::add);
                    return new Turn(row.uuid("list"), row.uuid("instance"), servers);
                },
                "most",
                LOOKED_AT);
    }
}
