package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
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
import regie.kernel.Chance;
import regie.kernel.Tx;
import regie.placement.Place;
import regie.placement.Slot;
import regie.placement.Take;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** The last words on room: the constraints of the database and the refusal of the host, whatever a planner thought. */
class OversellTest {
    private static final int THREADS = 16;

    private Books books;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        books = new Books(source);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "threads@0, 2, 5",
        "memory@1, 150, 6",
        "hugepages:2@0, 300, 3",
        "disk:md0, 33, 3",
        "gpus:A100@1, 1, 8",
        "functions:eno1@0, 9, 7",
        "bandwidth, 9000, 2"
    })
    void whoeverWritesGetsWhatFitsAndNoMore(String slot, long amount, int fits) {
        var server = books.host("h");
        var refused = Together.run(
                THREADS, _ -> books.attempt(tx -> Ledger.allocate(tx, List.of(Books.place(server, slot, amount)))));
        assertThat(refused.stream().filter(String::isEmpty)).hasSize(fits);
        assertThat(refused.stream().filter(message -> !message.isEmpty()))
                .hasSize(THREADS - fits)
                .allMatch(message -> message.contains("not_oversold"));
        books.assertRight();
    }

    /** A thousand at once, for the last hundred threads of five hosts, each trying host after host until one has room. */
    @Test
    void aThousandForTheLastHundredAreAHundred() throws Exception {
        var servers = IntStream.range(0, 5)
                .mapToObj(at -> books.host("h" + at, "threads@0", 20))
                .toList();
        var got = Together.run(THREADS, at -> {
            int won = 0;
            for (int one = at; one < 1_000; one += THREADS) {
                for (int next = 0; next < servers.size(); next++) {
                    var server = servers.get((one + next) % servers.size());
                    var place = List.of(Books.place(server, "threads@0", 1));
                    if (books.attempt(tx -> Ledger.allocate(tx, place)).isEmpty()) {
                        won++;
                        break;
                    }
                }
            }
            return won;
        });
        assertThat(got.stream().mapToInt(won -> won).sum()).isEqualTo(100);
        assertThat(books.count("select count(*) as n from compute.allocation")).isEqualTo(100);
        books.assertRight();
        assertThat(books.deadlocks()).isZero();
    }

    @Test
    void oneThatDoesNotFitTakesItsWholeStatementAlong() {
        var server = books.host("h");
        var many = new ArrayList<Ledger.NewAllocation>();
        for (int at = 0; at < 11; at++) many.add(Books.place(server, "threads@0", 1));
        assertThat(books.attempt(tx -> Ledger.allocate(tx, many))).contains("not_oversold");
        assertThat(books.count("select count(*) as n from compute.allocation")).isZero();
        books.assertRight();
    }

    /** Several hosts in each statement, met in any order: nobody may wait for another in a circle. */
    @Test
    void claimsStayTheSumOfAllocationsInAnyOrderOfEvents() throws Exception {
        var servers = new ArrayList<UUID>();
        for (int at = 0; at < 6; at++) servers.add(books.host("h" + at));
        Together.run(8, at -> {
            var random = new Random(at);
            var mine = new ArrayList<Ledger.NewAllocation>();
            for (int round = 0; round < 25; round++) books.attempt(tx -> strike(tx, servers, mine, random));
            return true;
        });
        books.assertRight();
        assertThat(books.deadlocks()).isZero();
    }

    private static Place somewhere(UUID server, Random random) {
        var takes = new ArrayList<Take>();
        for (var room : Books.ROOMS.entrySet()) {
            if (random.nextInt(3) == 0)
                takes.add(new Take(Slot.parse(room.getKey()), 1 + random.nextLong(room.getValue() / 4 + 1)));
        }
        if (takes.isEmpty()) takes.add(new Take(Slot.threads(0), 1));
        return new Place(server, takes);
    }

    private static void strike(Tx tx, List<UUID> servers, List<Ledger.NewAllocation> mine, Random random) {
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                var places = new ArrayList<Ledger.NewAllocation>();
                var some = new ArrayList<>(servers);
                Collections.shuffle(some, random);
                for (var server : some.subList(0, 3)) places.add(Books.place(somewhere(server, random)));
                Ledger.allocate(tx, places);
                mine.addAll(places);
            }
            case 2 -> {
                Collections.shuffle(mine, random);
                var some = mine.stream().limit(3).toList();
                Ledger.lockHosts(
                        tx, some.stream().map(Ledger.NewAllocation::server).toList());
                Ledger.change(
                        tx,
                        some.stream()
                                .map(place -> new Ledger.ChangedAllocation(
                                        place.seat(), somewhere(place.server(), random), place.guest()))
                                .toList());
            }
            default -> {
                Collections.shuffle(mine, random);
                Ledger.free(
                        tx,
                        mine.stream()
                                .limit(3)
                                .map(Ledger.NewAllocation::instance)
                                .toList());
            }
        }
    }

    @Test
    void hostRefusesWhatItCantGiveAndRunsOnAsItWas() throws Exception {
        var hypervisor = new SimulatedHypervisor("h", new Claim(4, 512, 10), new VirtualTimeline());
        var fitting = Books.guest(Chance.SECURE.uuid(), new Claim(4, 512, 10));
        hypervisor.apply(new Wish("h", 1, List.of(fitting)));
        Guest more = Books.guest(Chance.SECURE.uuid(), new Claim(1, 1, 0));
        assertThatThrownBy(() -> hypervisor.apply(new Wish("h", 2, List.of(fitting, more))))
                .isInstanceOfSatisfying(
                        WishRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(WishRefused.Reason.OVERFULL))
                .hasMessage("h can give 4 vCPU, 512 MiB, 10 GiB and was asked for 5 vCPU, 513 MiB, 10 GiB");
        assertThat(hypervisor.observe().generation()).isEqualTo(1);
        assertThat(hypervisor.observe().guests()).hasSize(1);
    }
}
