package regie.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.engine.cpsat.CpSat;
import regie.placement.Domain;
import regie.placement.Goal;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Location;
import regie.placement.Moves;
import regie.placement.Place;
import regie.placement.Rebalance;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Solver;
import regie.placement.Survival;
import regie.placement.Survives;
import regie.placement.Take;
import regie.placement.checker.PlacementChecker;
import regie.placement.checker.Seat;

/** Whatever a list is for and wherever it is stopped, all who were promised to survive a failure would. */
final class RebalancePromiseTest {
    private static final int THREADS = 16;
    private static final Solver SOLVER = new CpSat();
    /** Enough to find what is judged here; to prove that nothing is better takes it longer. */
    private static final Duration LIMIT = Duration.ofMillis(150);

    private final Inventory inventory = new Inventory();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 15);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void promisesAreKeptAfterEachMove(long seed) {
        fill(new Random(seed));
        for (var goal : List.of(
                new Goal.MakeRoom(Shape.of(8, 8_192)),
                new Goal.EmptyHosts(),
                new Goal.EvenLoad(),
                new Goal.Evacuate(Set.of(id("h0"), id("h3"))))) {
            var rebalance = new Rebalance(copy(), _ -> true, 10); // nobody has held anything back there yet
            assertKept(goal, rebalance.plan(goal));
            assertKept(goal, rebalance.plan(goal, SOLVER, LIMIT).moves());
        }
    }

    private void assertKept(Goal goal, Moves plan) {
        var played = copy();
        var survival = new Survival(played);
        assertThat(survival.gaps()).isEmpty();
        for (var move : plan.moves()) {
            var guest = played.guest(move.guest()).orElseThrow();
            assertThat(survival.unseat(move.guest())).isEqualTo(move.from());
            survival.seat(guest, move.to());
            assertAllReturn(played, survival, goal + " after " + move);
        }
    }

    @Test
    void whereAGuestComesBackToIsNotFilledUp() {
        for (var name : List.of("h0", "h1", "h2")) inventory.put(host(name, 0));
        seat("protected", "h0", 12, Rules.NONE.surviving(new Survives(Domain.HOST, 1)));
        seat("small", "h1", 4, Rules.NONE);
        seat("large", "h2", 12, Rules.NONE);
        var evacuate = new Goal.Evacuate(Set.of(id("h1")));
        var toTheFullest = new Rebalance(inventory, _ -> true, 5).plan(evacuate).moves();
        assertThat(toTheFullest).hasSize(1);
        inventory.unseat(id("large"));
        seat("large", "h2", 4, Rules.NONE);
        seat("other", "h1", 8, Rules.NONE);
        var plan = new Rebalance(inventory, _ -> true, 5).plan(evacuate);
        assertThat(plan.moves())
                .as("12 threads of h1 or h2 are kept for the one on h0, so not both can leave")
                .hasSize(1);
    }

    /** Every declared failure is struck, and the checker judges the places that are said to be returned to. */
    private static void assertAllReturn(Inventory played, Survival survival, String when) {
        assertThat(survival.gaps()).as(when).isEmpty();
        var seats = new ArrayList<Seat>();
        for (var guest : played.guests())
            seats.add(new Seat(guest, played.place(guest.id()).orElseThrow()));
        var checker = new PlacementChecker(played.hosts(), seats);
        assertThat(checker.state()).as(when).isEmpty();
        for (var failure : checker.failures()) {
            Map<UUID, Place> returns = new HashMap<>();
            survival.afterLoss(failure.hosts()).returns().stream()
                    .filter(each -> each.foreseen())
                    .forEach(each -> returns.put(each.guest(), each.place()));
            assertThat(checker.loss(failure.hosts(), checker.due(failure), returns))
                    .as("%s, then %s %s", when, failure.domain(), failure.name())
                    .isEmpty();
        }
    }

    private void fill(Random random) {
        for (int at = 0; at < 7; at++) inventory.put(host("h" + at, at % 3));
        var survival = new Survival(inventory);
        for (int at = 0; at < 40; at++) {
            int threads = List.of(1, 2, 4, 6).get(random.nextInt(4));
            var survives = List.of(
                            List.<Survives>of(),
                            List.of(new Survives(Domain.HOST, 1)),
                            List.of(new Survives(Domain.RACK, 1)))
                    .get(random.nextInt(3));
            var rules = Rules.NONE.surviving(survives.toArray(Survives[]::new));
            var group = random.nextInt(3) == 0 ? "web" : "";
            survival.admit(new Guest(id("g" + at), "shop", group, Shape.of(threads, threads * 1024L), rules));
        }
        for (var guest : List.copyOf(inventory.guests())) if (random.nextInt(3) == 0) survival.unseat(guest.id());
        assertThat(survival.gaps()).isEmpty();
    }

    private Inventory copy() {
        var copy = new Inventory();
        inventory.hosts().forEach(copy::put);
        for (var guest : inventory.guests())
            copy.seat(guest, inventory.place(guest.id()).orElseThrow());
        return copy;
    }

    private static Host host(String name, int rack) {
        var rooms = List.of(new Room(Slot.threads(0), THREADS), new Room(Slot.memory(0), 65_536));
        var location = Location.at("par1").inRack("r" + rack);
        return new Host(id(name), name, location, Map.of(), true, Optional.empty(), false, rooms);
    }

    private void seat(String guest, String host, int threads, Rules rules) {
        inventory.seat(
                new Guest(id(guest), "shop", "", Shape.of(threads, threads * 1024L), rules),
                new Place(
                        id(host),
                        List.of(new Take(Slot.threads(0), threads), new Take(Slot.memory(0), threads * 1024L))));
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
