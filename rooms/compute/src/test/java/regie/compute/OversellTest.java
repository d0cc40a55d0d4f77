package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Fault;
import regie.kernel.Hints;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** The last words on room: the constraints of the database and the refusal of the host, whatever a planner thought. */
class OversellTest {
    private static final int THREADS = 16;
    private static final Claim ROOM = new Claim(10, 1_000, 100);

    private TestDatabase source;
    private Database database;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        this.source = source;
        database = new Database(source.dataSource(), new Hints());
    }

    private UUID host(String name) {
        var server = Chance.SECURE.uuid();
        database.change(
                Actor.ROOM,
                tx -> tx.change(
                        """
                        insert into compute.host (server, name, site, rack, schedulable, total_vcpus, total_memory_mib, total_disk_gib)
                        values (:server, :name, 'par1', 'a', true, :vcpus, :memory, :disk)
                        """,
                        "server",
                        server,
                        "name",
                        name,
                        "vcpus",
                        ROOM.vcpus(),
                        "memory",
                        ROOM.memoryMiB(),
                        "disk",
                        ROOM.diskGiB()));
        return server;
    }

    private static Guest guest(UUID uid, Claim claim) {
        var inside = new Guest.Machine(claim, List.of(), "", List.of(), new Guest.CloudInit("", "", ""));
        return new Guest(uid, "guest", 1, Guest.Power.ON, 0, 0, inside);
    }

    private static Ledger.NewAllocation place(UUID server, Claim claim) {
        var uid = Chance.SECURE.uuid();
        return new Ledger.NewAllocation(uid, server, claim, "", guest(uid, claim));
    }

    /** The message of what kept it from being written; empty where it was. */
    private String attempt(Runnable work) {
        try {
            work.run();
            return "";
        } catch (Fault refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private void assertBooksAreRight() {
        var wrong = database.read(tx -> tx.query("""
                select h.name from compute.host h left join compute.allocation a on a.server = h.server group by h.server
                having (h.claimed_vcpus, h.claimed_memory_mib, h.claimed_disk_gib)
                    <> (coalesce(sum(a.claimed_vcpus), 0), coalesce(sum(a.claimed_memory_mib), 0), coalesce(sum(a.claimed_disk_gib), 0))
                    or h.claimed_vcpus > h.total_vcpus or h.claimed_memory_mib > h.total_memory_mib
                    or h.claimed_disk_gib > h.total_disk_gib
                """, row -> row.text("name")));
        assertThat(wrong)
                .as("hosts whose claims are not the sum of their allocations")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"vcpus_not_oversold, 2, 1, 0, 5", "memory_not_oversold, 1, 150, 0, 6", "disk_not_oversold, 1, 1, 33, 3"
    })
    void whoeverWritesGetsWhatFitsAndNoMore(String constraint, int vcpus, long memoryMiB, long diskGiB, int fits) {
        var server = host("h");
        var claim = new Claim(vcpus, memoryMiB, diskGiB);
        var refused = Together.run(
                THREADS,
                _ -> attempt(() ->
                        database.change(Actor.ROOM, tx -> Ledger.allocate(tx, List.of(place(server, claim))))));
        assertThat(refused.stream().filter(String::isEmpty)).hasSize(fits);
        assertThat(refused.stream().filter(message -> !message.isEmpty()))
                .hasSize(THREADS - fits)
                .allMatch(message -> message.contains(constraint));
        assertBooksAreRight();
    }

    @Test
    void oneThatDoesNotFitTakesItsWholeStatementAlong() {
        var server = host("h");
        var many = new ArrayList<Ledger.NewAllocation>();
        for (int at = 0; at < 11; at++) many.add(place(server, new Claim(1, 1, 1)));
        assertThat(attempt(() -> database.change(Actor.ROOM, tx -> Ledger.allocate(tx, many))))
                .contains("vcpus_not_oversold");
        List<Boolean> written = database.read(tx -> tx.query("select from compute.allocation", _ -> true));
        assertThat(written).isEmpty();
        assertBooksAreRight();
    }

    /** Several hosts in each statement, met in any order: nobody may wait for another in a circle. */
    @Test
    void claimsStayTheSumOfAllocationsInAnyOrderOfEvents() throws Exception {
        var servers = new ArrayList<UUID>();
        for (int at = 0; at < 6; at++) servers.add(host("h" + at));
        Together.run(8, at -> {
            var random = new Random(at);
            var mine = new ArrayList<UUID>();
            for (int round = 0; round < 25; round++) {
                attempt(() -> database.change(Actor.ROOM, tx -> strike(tx, servers, mine, random)));
            }
            return true;
        });
        assertBooksAreRight();
        assertThat(source.deadlocks()).isZero();
    }

    private static void strike(regie.kernel.Tx tx, List<UUID> servers, List<UUID> mine, Random random) {
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                var places = new ArrayList<Ledger.NewAllocation>();
                var some = new ArrayList<>(servers);
                Collections.shuffle(some, random);
                for (var server : some.subList(0, 3))
                    places.add(place(
                            server, new Claim(1 + random.nextInt(2), 1 + random.nextInt(200), random.nextInt(20))));
                Ledger.allocate(tx, places);
                for (var place : places) mine.add(place.instance());
            }
            case 2 -> {
                Collections.shuffle(mine, random);
                Ledger.change(
                        tx,
                        mine.stream()
                                .limit(3)
                                .map(uid -> {
                                    var claim = new Claim(
                                            1 + random.nextInt(3), 1 + random.nextInt(200), random.nextInt(20));
                                    return new Ledger.ChangedAllocation(uid, claim, guest(uid, claim));
                                })
                                .toList());
            }
            default -> {
                Collections.shuffle(mine, random);
                Ledger.free(tx, mine.stream().limit(3).toList());
            }
        }
    }

    @Test
    void movedAllocationsMoveTheirClaims() {
        var from = host("from");
        var to = host("to");
        database.change(Actor.ROOM, tx -> {
            Ledger.allocate(tx, List.of(place(from, new Claim(2, 20, 2)), place(from, new Claim(3, 30, 3))));
            tx.change("update compute.allocation set server = :to where claimed_vcpus = 2", "to", to);
        });
        assertBooksAreRight();
    }

    @Test
    void hostRefusesWhatItCantGiveAndRunsOnAsItWas() throws Exception {
        var hypervisor = new SimulatedHypervisor("h", new Claim(4, 512, 10), new VirtualTimeline());
        var fitting = guest(Chance.SECURE.uuid(), new Claim(4, 512, 10));
        hypervisor.apply(new Wish("h", 1, List.of(fitting)));
        var more = guest(Chance.SECURE.uuid(), new Claim(1, 1, 0));
        assertThatThrownBy(() -> hypervisor.apply(new Wish("h", 2, List.of(fitting, more))))
                .isInstanceOfSatisfying(
                        WishRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(WishRefused.Reason.OVERFULL))
                .hasMessage("h can give 4 vCPU, 512 MiB, 10 GiB and was asked for 5 vCPU, 513 MiB, 10 GiB");
        assertThat(hypervisor.observe().generation()).isEqualTo(1);
        assertThat(hypervisor.observe().guests()).hasSize(1);
    }
}
