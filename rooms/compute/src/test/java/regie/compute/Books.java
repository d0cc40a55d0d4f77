package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Fault;
import regie.kernel.Hints;
import regie.kernel.Tx;
import regie.placement.Cpu;
import regie.placement.Place;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Take;
import regie.testing.TestDatabase;

/** The ledger alone, on hosts with something of everything; its books are judged by a sum of their own. */
final class Books {
    static final Map<String, Long> ROOMS = rooms();

    private final TestDatabase source;
    final Database database;

    Books(TestDatabase source) {
        this.source = source;
        database = new Database(source.dataSource(), new Hints());
    }

    private static Map<String, Long> rooms() {
        var rooms = new LinkedHashMap<String, Long>();
        rooms.put("threads@0", 10L);
        rooms.put("threads@1", 10L);
        rooms.put("memory@0", 1_000L);
        rooms.put("memory@1", 1_000L);
        rooms.put("hugepages:2@0", 1_000L);
        rooms.put("disk:md0", 100L);
        rooms.put("gpus:A100@1", 8L);
        rooms.put("functions:eno1@0", 64L);
        rooms.put("bandwidth", 25_000L);
        return rooms;
    }

    UUID host(String name) {
        var server = bare(name, false);
        ROOMS.forEach((slot, total) -> slot(server, slot, total));
        return server;
    }

    UUID host(String name, String slot, long total) {
        var server = bare(name, false);
        slot(server, slot, total);
        return server;
    }

    UUID bare(String name, boolean overcommitted) {
        var server = Chance.SECURE.uuid();
        database.change(
                Actor.ROOM, tx -> tx.change("""
                        insert into compute.host (server, name, site, rack, schedulable, overcommitted)
                        values (:server, :name, 'par1', 'a', true, :overcommitted)
                        """, "server", server, "name", name, "overcommitted", overcommitted));
        return server;
    }

    void slot(UUID server, String slot, long total) {
        database.change(
                Actor.ROOM,
                tx -> tx.change(
                        "insert into compute.slot (server, slot, total) values (:server, :slot, :total)",
                        "server",
                        server,
                        "slot",
                        slot,
                        "total",
                        total));
    }

    static Guest guest(UUID uid, Claim claim) {
        var inside = new Guest.Machine(claim, List.of(), "", List.of(), new Guest.CloudInit("", "", ""));
        return new Guest(uid, "guest", 1, Guest.Power.ON, 0, 0, inside);
    }

    static Ledger.NewAllocation place(UUID server, String slot, long amount) {
        return place(new Place(server, List.of(new Take(Slot.parse(slot), amount))));
    }

    static Ledger.NewAllocation place(Place place) {
        return place(place, Cpu.SHARED);
    }

    static Ledger.NewAllocation place(Place place, Cpu cpu) {
        var uid = Chance.SECURE.uuid();
        var shape = new Shape(1, 1, 0, 0, 0, "", List.of(), false, 0, 0, cpu);
        var seat = new Seated(new regie.placement.Guest(uid, "shop", "", shape, Rules.NONE), place);
        return new Ledger.NewAllocation(seat, guest(uid, new Claim(1, 1, 0)));
    }

    /** The message of what kept it from being written; empty where it was. */
    String attempt(Consumer<Tx> work) {
        try {
            database.change(Actor.ROOM, work);
            return "";
        } catch (Fault refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    long count(String sql) {
        return database.read(tx -> tx.first(sql, row -> row.number("n")).orElseThrow());
    }

    long deadlocks() throws java.sql.SQLException {
        return source.deadlocks();
    }

    void assertRight() {
        var wrong = database.read(tx -> tx.query("""
                select h.name || ' ' || s.slot as slot from compute.host h join compute.slot s on s.server = h.server
                  left join compute.claim c on c.server = s.server and c.slot = s.slot
                 group by h.server, s.server, s.slot
                having s.claimed <> coalesce(sum(c.amount), 0) or s.claimed > s.total
                """, row -> row.text("slot")));
        assertThat(wrong).as("slots whose claims are not the sum of their rows").isEmpty();
        assertThat(count("""
                select count(*) as n from compute.claim c full join compute.seat a
                    on a.instance = c.instance and a.server = c.server where c.instance is null or a.instance is null
                """))
                .as("places without claims, and claims without a place")
                .isZero();
    }
}
