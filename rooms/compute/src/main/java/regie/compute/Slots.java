package regie.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Tx;
import regie.placement.Room;
import regie.placement.Slot;

/** What hosts have to give: the only place that writes {@code compute.slot}. What is claimed of it follows the claims by itself. */
final class Slots {
    private Slots() {}

    private record Row(UUID server, Slot slot, long total, long claimed) {}

    /**
     * Makes the slots of each host those of {@code wanted}, as far as claims allow: a slot keeps at least what is claimed of it, and
     * where a slot that is claimed would go altogether, all stay as they are. Under the lock of placement.
     */
    static void declare(Tx tx, Map<UUID, List<Room>> wanted) {
        var present = rows(tx, wanted.keySet());
        var changed = new ArrayList<Row>();
        var gone = new ArrayList<Row>();
        wanted.forEach((server, rooms) -> {
            var now = present.getOrDefault(server, List.of());
            var names = rooms.stream().map(Room::slot).collect(Collectors.toSet());
            var surplus =
                    now.stream().filter(row -> !names.contains(row.slot())).toList();
            if (surplus.stream().anyMatch(row -> row.claimed() > 0)) return;
            gone.addAll(surplus);
            var bySlot = now.stream().collect(Collectors.toMap(Row::slot, row -> row));
            for (var room : rooms) {
                var row = bySlot.getOrDefault(room.slot(), new Row(server, room.slot(), -1, 0));
                long total = Math.max(room.total(), row.claimed());
                if (total != row.total()) changed.add(new Row(server, room.slot(), total, 0));
            }
        });
        write(tx, changed);
        drop(tx, gone);
    }

    /** What each host has to give by now. */
    static Map<UUID, Map<Slot, Long>> totals(Tx tx, Collection<UUID> servers) {
        var totals = new HashMap<UUID, Map<Slot, Long>>();
        rows(tx, servers)
                .forEach((server, rows) ->
                        totals.put(server, rows.stream().collect(Collectors.toMap(Row::slot, Row::total))));
        return totals;
    }

    private static Map<UUID, List<Row>> rows(Tx tx, Collection<UUID> servers) {
        return tx
                .query(
                        "select server, slot, total, claimed from compute.slot where server = any(:servers) order by server, slot",
                        row -> new Row(
                                row.uuid("server"),
                                Places.slot(row.text("slot")),
                                row.number("total"),
                                row.number("claimed")),
                        "servers",
                        servers)
                .stream()
                .collect(Collectors.groupingBy(Row::server));
    }

    private static void write(Tx tx, List<Row> rows) {
        if (rows.isEmpty()) return;
        tx.change(
                """
                insert into compute.slot (server, slot, total) select * from unnest(:servers, :slots, :totals)
                on conflict (server, slot) do update set total = excluded.total
                """,
                "servers",
                rows.stream().map(Row::server).toList(),
                "slots",
                rows.stream().map(row -> row.slot().toString()).toList(),
                "totals",
                rows.stream().map(Row::total).toList());
    }

    private static void drop(Tx tx, List<Row> rows) {
        if (rows.isEmpty()) return;
        tx.change(
                """
                delete from compute.slot s using unnest(:servers, :slots) as gone (server, slot)
                 where s.server = gone.server and s.slot = gone.slot
                """,
                "servers",
                rows.stream().map(Row::server).toList(),
                "slots",
                rows.stream().map(row -> row.slot().toString()).toList());
    }
}
