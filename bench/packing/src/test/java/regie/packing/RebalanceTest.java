package regie.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.engine.cpsat.CpSat;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Goal;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Moves;
import regie.placement.Place;
import regie.placement.Rebalance;
import regie.placement.Resource;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Solver;
import regie.placement.Take;
import regie.placement.Together;
import regie.placement.checker.PlacementChecker;
import regie.placement.checker.Seat;

/** Each move is legal where those before it are done, nothing is moved for nothing, and what a plan says of itself is so. */
final class RebalanceTest {
    private static final Shape EIGHT = new Shape(8, 16_384, 0, 1, 0, "", List.of(), false, 0, 0, Cpu.SHARED);

    private static final Solver SOLVER = new CpSat();
    /** Enough to find what is judged here; to prove that nothing is better takes it longer. */
    private static final Duration LIMIT = Duration.ofMillis(150);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMoveIsLegalAtItsTurn(long seed) {
        var goals = List.of(
                new Goal.MakeRoom(EIGHT),
                new Goal.EmptyHosts(),
                new Goal.EvenLoad(),
                new Goal.Evacuate(Set.of(new UUID(1, 0), new UUID(1, 2))));
        for (var goal : goals) {
            var world = new World(seed);
            var rebalance = new Rebalance(world.inventory, _ -> true, 12);
            var fast = rebalance.plan(goal);
            judge(goal, world, fast);
            var improved = rebalance.plan(goal, SOLVER, LIMIT);
            judge(goal, world, improved.moves());
            if (improved.better()) {
                var moves = improved.moves();
                boolean fewer = moves.moves().size() < fast.moves().size();
                boolean nearer =
                        goal instanceof Goal.Evacuate ? moves.after() < fast.after() : moves.after() > fast.after();
                assertThat(nearer || (moves.after() == fast.after() && fewer)).isTrue();
            } else {
                assertThat(improved.moves()).isEqualTo(fast);
            }
        }
    }

    private static void judge(Goal goal, World world, Moves plan) {
        var before = world.places();
        assertThat(world.places()).as("the inventory is left as it is").isEqualTo(new World(world.seed).places());
        assertThat(plan.moves().size()).isLessThanOrEqualTo(12);
        assertThat(plan.before()).isEqualTo(measure(goal, world.inventory, before));
        assertThat(measure(goal, world.inventory, play(world, plan))).isEqualTo(plan.after());
        boolean more = goal instanceof Goal.MakeRoom || goal instanceof Goal.EmptyHosts;
        if (plan.moves().isEmpty()) assertThat(plan.after()).isEqualTo(plan.before());
        else if (more) assertThat(plan.after()).isGreaterThan(plan.before());
        else assertThat(plan.after()).isLessThan(plan.before());
    }

    @Test
    void solverEvacuatesByMakingRoomElsewhereFirst() {
        var inventory = new Inventory();
        for (var name : List.of("a", "b", "c")) inventory.put(host(name));
        seat(inventory, "large", "a", 10);
        seat(inventory, "medium", "b", 8);
        seat(inventory, "small", "c", 8);
        var evacuate = new Goal.Evacuate(Set.of(id("a")));
        var rebalance = new Rebalance(inventory, _ -> true, 5);
        assertThat(rebalance.plan(evacuate).moves())
                .as("10 fit beside neither 8")
                .isEmpty();
        var improved = rebalance.plan(evacuate, SOLVER, Duration.ofSeconds(10));
        assertThat(improved.better()).isTrue();
        assertThat(improved.moves().after()).isZero();
        assertThat(improved.moves().moves()).hasSize(2);
        assertThat(improved.moves().moves().getLast().guest()).isEqualTo(id("large"));
    }

    @Test
    void aGuestInTheWayGoesWhereNothingIsLost() {
        var inventory = new Inventory();
        for (var name : List.of("a", "b", "c")) inventory.put(host(name));
        seat(inventory, "small", "a", 4);
        seat(inventory, "large", "b", 12);
        var shape = Shape.of(16, 16_384);
        var plan = new Rebalance(inventory, _ -> true, 5).plan(new Goal.MakeRoom(shape));
        assertThat(plan).extracting(Moves::before, Moves::after).containsExactly(1.0, 2.0);
        assertThat(plan.moves()).hasSize(1);
        assertThat(plan.moves().getFirst().guest()).isEqualTo(id("small"));
        assertThat(plan.moves().getFirst().to().host()).isEqualTo(id("b"));
        var empty = new Rebalance(inventory, _ -> true, 5).plan(new Goal.EmptyHosts());
        assertThat(empty.moves()).isEqualTo(plan.moves());
        var stay = new Rebalance(inventory, _ -> false, 5).plan(new Goal.MakeRoom(shape));
        assertThat(stay.moves()).as("who may not be moved stays").isEmpty();
        inventory.hold(id("a"), Slot.threads(0), 1);
        inventory.hold(id("b"), Slot.threads(0), 1);
        var held = new Rebalance(inventory, _ -> true, 5).plan(new Goal.MakeRoom(shape));
        assertThat(held.moves()).as("what is held is not free").isEmpty();
    }

    @Test
    void loadIsEvenedFromTheFullestHost() {
        var inventory = new Inventory();
        for (var name : List.of("a", "b")) inventory.put(host(name));
        for (var name : List.of("w", "x", "y", "z")) seat(inventory, name, "a", 4);
        var plan = new Rebalance(inventory, _ -> true, 9).plan(new Goal.EvenLoad());
        assertThat(plan).extracting(Moves::before, Moves::after).containsExactly(1.0, 0.5);
        assertThat(plan.moves()).hasSize(2);
    }

    @Test
    void nobodyGoesWithWhomOthersMustStandTogether() {
        var inventory = new Inventory();
        for (var name : List.of("a", "b")) inventory.put(inRack(host(name), "r1"));
        inventory.put(inRack(host("c"), "r2"));
        seat(inventory, "database", "a", 4, "db", Rules.NONE);
        seat(inventory, "web", "b", 16, "", Rules.NONE.withTogether(new Together("db", Domain.RACK, true)));
        var evacuate = new Goal.Evacuate(Set.of(id("a")));
        assertThat(new Rebalance(inventory, _ -> true, 5).plan(evacuate).moves())
                .as("the only room for the database is in the other rack")
                .isEmpty();
        inventory.unseat(id("web"));
        assertThat(new Rebalance(inventory, _ -> true, 5).plan(evacuate).moves())
                .hasSize(1);
    }

    private static Host inRack(Host host, String rack) {
        return new Host(
                host.id(),
                host.name(),
                host.location().inRack(rack),
                Map.of(),
                true,
                java.util.Optional.empty(),
                false,
                host.rooms());
    }

    private static Host host(String name) {
        var rooms = List.of(
                new regie.placement.Room(Slot.threads(0), 16), new regie.placement.Room(Slot.memory(0), 65_536));
        return new Host(
                id(name),
                name,
                regie.placement.Location.at("par1"),
                Map.of(),
                true,
                java.util.Optional.empty(),
                false,
                rooms);
    }

    private static void seat(Inventory inventory, String guest, String host, int vcpus) {
        seat(inventory, guest, host, vcpus, "", Rules.NONE);
    }

    private static void seat(Inventory inventory, String guest, String host, int vcpus, String group, Rules rules) {
        inventory.seat(
                new Guest(id(guest), "shop", group, Shape.of(vcpus, vcpus * 1024L), rules),
                new Place(
                        id(host), List.of(new Take(Slot.threads(0), vcpus), new Take(Slot.memory(0), vcpus * 1024L))));
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The places after all moves; after each, the checker finds nothing wrong that was not wrong before. */
    private static Map<UUID, Place> play(World world, Moves plan) {
        var places = world.places();
        assertThat(violations(world.inventory, places)).isEmpty();
        for (var move : plan.moves()) {
            assertThat(places.get(move.guest())).isEqualTo(move.from());
            assertThat(world.inventory.host(move.to().host()).orElseThrow().open())
                    .isTrue();
            places.put(move.guest(), move.to());
            assertThat(violations(world.inventory, places)).as("after " + move).isEmpty();
            for (var take : move.to().takes()) {
                long free = free(world.inventory, places, move.to().host(), take.slot());
                assertThat(free)
                        .isGreaterThanOrEqualTo(world.inventory.held(move.to().host(), take.slot()));
            }
        }
        return places;
    }

    private static List<String> violations(Inventory inventory, Map<UUID, Place> places) {
        var seats = new ArrayList<Seat>();
        places.forEach(
                (guest, place) -> seats.add(new Seat(inventory.guest(guest).orElseThrow(), place)));
        return new PlacementChecker(inventory.hosts(), seats)
                .state().stream().map(Object::toString).toList();
    }

    private static long free(Inventory inventory, Map<UUID, Place> places, UUID host, Slot slot) {
        long free = inventory.host(host).orElseThrow().rooms().stream()
                .filter(room -> room.slot().equals(slot))
                .mapToLong(regie.placement.Room::total)
                .sum();
        for (var place : places.values()) {
            if (!place.host().equals(host)) continue;
            for (var take : place.takes()) if (take.slot().equals(slot)) free -= take.amount();
        }
        return free;
    }

    private static double measure(Goal goal, Inventory inventory, Map<UUID, Place> places) {
        double sum = 0;
        for (var host : inventory.hosts()) {
            var guests = places.values().stream()
                    .filter(place -> place.host().equals(host.id()))
                    .toList();
            sum += switch (goal) {
                case Goal.EmptyHosts _ -> guests.isEmpty() ? 1 : 0;
                case Goal.Evacuate away -> away.hosts().contains(host.id()) ? guests.size() : 0;
                case Goal.EvenLoad _ ->
                    Math.pow(
                            guests.stream()
                                            .flatMap(place -> place.takes().stream())
                                            .filter(take -> take.slot().resource() == Resource.THREADS)
                                            .mapToLong(Take::amount)
                                            .sum()
                                    / 32.0,
                            2);
                case Goal.MakeRoom _ -> host.open() ? eights(inventory, places, host.id()) : 0;
            };
        }
        return sum;
    }

    /** How many guests of 8 threads and 16 GiB on one node fit beside the others. */
    private static long eights(Inventory inventory, Map<UUID, Place> places, UUID host) {
        long count = 0;
        for (int node = 0; node < 2; node++) {
            var threads = Slot.threads(node);
            var memory = Slot.memory(node);
            long byThreads = (free(inventory, places, host, threads) - inventory.held(host, threads)) / 8;
            long byMemory = free(inventory, places, host, memory) / 16_384;
            count += Math.max(0, Math.min(byThreads, byMemory));
        }
        return count;
    }
}
