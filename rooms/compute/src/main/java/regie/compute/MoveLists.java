package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Tx;

/** Moves that are wanted, list by list: the only place with SQL on {@code compute.move} and {@code compute.move_list}. */
final class MoveLists {
    private static final int SHOWN_MAX = 1_000;

    private MoveLists() {}

    /** How far one move of a list has come. */
    enum State {
        WAITING,
        GOING,
        DONE,
        FAILED,
        /** The list was stopped before. */
        DROPPED
    }

    record Wanted(UUID instance, Destination to) {
        /** @param to name of the server */
        Wanted(UUID instance, String to) {
            this(instance, new Destination(to, Set.of()));
        }
    }

    record Listed(UUID instance, String to, State state, String why) {}

    record Head(UUID list, String origin, Instant begun, boolean stopped, Optional<Instant> ended) {}

    static void begin(Tx tx, UUID list, String origin, List<Wanted> moves, Instant now) {
        tx.change(
                "insert into compute.move_list (list, origin, begun) values (:list, :origin, :now)",
                "list",
                list,
                "origin",
                origin,
                "now",
                now);
        add(tx, list, moves, now);
    }

    /** An instance that waits or goes on another list stays on that one. */
    static void add(Tx tx, UUID list, List<Wanted> moves, Instant now) {
        if (moves.isEmpty()) return;
        tx.change(
                """
                insert into compute.move (list, instance, destination, nodes, changed)
                select :list, instance, destination, nodes, :now
                  from unnest(:instances, :destinations, :nodes) with ordinality as wanted (instance, destination, nodes, place)
                 order by place
                on conflict do nothing
                """,
                "list",
                list,
                "now",
                now,
                "instances",
                moves.stream().map(Wanted::instance).toList(),
                "destinations",
                moves.stream().map(move -> move.to().server()).toList(),
                "nodes",
                moves.stream().map(move -> move.to().nodesText()).toList());
        tx.hint(MoveLoop.TOPIC);
    }

    /** Where each of {@code instances} is to go now. */
    static Map<UUID, Destination> going(Tx tx, Collection<UUID> instances) {
        var found = new HashMap<UUID, Destination>();
        if (instances.isEmpty()) return found;
        tx.query(
                        "select instance, destination, nodes from compute.move where state = 'GOING' and instance = any(:instances)",
                        row -> Map.entry(
                                row.uuid("instance"), Destination.read(row.text("destination"), row.text("nodes"))),
                        "instances",
                        instances)
                .forEach(move -> found.put(move.getKey(), move.getValue()));
        return found;
    }

    /** It could not go. Where another move of its list is under way, that one may have to be done first: it waits for its turn again. */
    static void turnedDown(Tx tx, UUID instance, String why, Instant now) {
        tx.change("""
                update compute.move m
                   set state = case when exists (select from compute.move o where o.list = m.list and o.state = 'GOING'
                                                    and o.instance <> m.instance and o.place < m.place)
                                    then 'WAITING' else 'FAILED' end,
                       why = :why, changed = :now
                 where m.instance = :instance and m.state = 'GOING'
                """, "instance", instance, "why", why, "now", now);
        tx.hint(MoveLoop.TOPIC);
    }

    /** @param why it stayed; empty where it moved */
    static void settled(Tx tx, UUID instance, String why, Instant now) {
        tx.change("""
                update compute.move set state = case when :why = '' then 'DONE' else 'FAILED' end, why = :why, changed = :now
                 where instance = :instance and state = 'GOING'
                """, "instance", instance, "why", why, "now", now);
        tx.hint(MoveLoop.TOPIC);
    }

    /** Drops what waits; what is under way comes to its end. */
    static void stop(Tx tx, UUID list, Instant now) {
        tx.change("update compute.move_list set stopped = true where list = :list", "list", list);
        tx.change(
                "update compute.move set state = 'DROPPED', changed = :now where list = :list and state = 'WAITING'",
                "list",
                list,
                "now",
                now);
        tx.hint(MoveLoop.TOPIC);
    }

    /** The newest list that is no server's. */
    static Optional<Head> newest(Tx tx) {
        return tx.first(
                """
                select * from compute.move_list l where not exists (select from compute.host h where h.server = l.list)
                 order by number desc limit 1
                """,
                row -> new Head(
                        row.uuid("list"),
                        row.text("origin"),
                        row.instant("begun"),
                        row.flag("stopped"),
                        row.maybeInstant("ended")));
    }

    static List<Listed> moves(Tx tx, UUID list) {
        return tx.query(
                "select * from compute.move where list = :list order by place limit :most",
                row -> new Listed(
                        row.uuid("instance"),
                        row.text("destination"),
                        State.valueOf(row.text("state")),
                        row.text("why")),
                "list",
                list,
                "most",
                SHOWN_MAX);
    }

    /** What was to go and can't any more: it has no place, or its host does not let it begin. */
    static void giveUp(Tx tx, Duration patience, Instant now) {
        tx.change("""
                update compute.move m
                   set state = 'FAILED', changed = :now,
                       why = case when a.instance is null then 'it has no place any more' else 'its host did not let it begin' end
                  from compute.move w left join compute.allocation a on a.instance = w.instance
                 where w.list = m.list and w.instance = m.instance and w.place = m.place
                   and (m.state in ('WAITING', 'GOING') and a.instance is null
                        or m.state = 'GOING' and m.changed < :before
                           and not exists (select from compute.migration g where g.instance = m.instance))
                """, "now", now, "before", now.minus(patience));
    }

    /** Lists of which nothing is left to do. */
    static void end(Tx tx, Instant now) {
        tx.change("""
                update compute.move_list l set ended = :now
                 where ended is null and not exists (select from compute.host h where h.server = l.list)
                   and not exists (select from compute.move m where m.list = l.list and m.state in ('WAITING', 'GOING'))
                """, "now", now);
    }
}
