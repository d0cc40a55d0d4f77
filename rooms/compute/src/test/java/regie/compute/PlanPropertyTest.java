package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import regie.compute.AntiAffinity.Domain;

/** Goal: whatever the census, a plan oversells nothing, keeps apart what must be, and says truly why something waits. */
class PlanPropertyTest {
    private static final int SEEDS_IN_A_BATCH = 100;

    static LongStream batches() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seeds from {0}00")
    @MethodSource("batches")
    void planKeepsItsPromises(long batch) {
        for (long seed = batch * SEEDS_IN_A_BATCH; seed < (batch + 1) * SEEDS_IN_A_BATCH; seed++) {
            var scene = RandomScene.of(seed);
            var plan = scene.plan();
            try {
                new PlanOracle(scene, scene.census(), plan).judge();
                assertThat(ComputePlanner.plan(scene.shuffled(new Random(seed))))
                        .isEqualTo(plan);
            } catch (AssertionError e) {
                throw new AssertionError("seed %d: %s%n%s".formatted(seed, e.getMessage(), scene.told()), e);
            }
        }
    }

    /**
     * The random scenes are worth nothing if some decision never comes up in them. Moves take two hosts' word, and a restart and a hook take
     * several passes: the storm has them.
     */
    @Test
    void everySortOfStepComesUp() {
        var met = new HashSet<Class<?>>();
        for (long seed = 0; seed < 200; seed++)
            RandomScene.of(seed).plan().steps().forEach(step -> met.add(step.getClass()));
        assertThat(met)
                .containsExactlyInAnyOrderElementsOf(leaves(Step.class)
                        .filter(sort -> !Step.Move.class.isAssignableFrom(sort)
                                && !Set.of(Step.Reboot.class, Step.Hook.class).contains(sort))
                        .toList());
    }

    private static Stream<Class<?>> leaves(Class<?> sort) {
        return sort.isSealed()
                ? Stream.of(sort.getPermittedSubclasses()).flatMap(PlanPropertyTest::leaves)
                : Stream.of(sort);
    }

    @ParameterizedTest
    @EnumSource(
            value = Domain.class,
            names = {"HOST", "RACK", "SITE"})
    void whereThereIsRoomAFleetSpreadsEvenly(Domain over) {
        for (long seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            var scene = new Scene();
            for (int at = 0; at < 3 + random.nextInt(12); at++) {
                var name = "s%d-r%d-h%02d".formatted(random.nextInt(3), random.nextInt(3), at);
                scene.host(name, 100 + random.nextInt(50), 100_000, random.nextInt(9));
            }
            var fleet = scene.fleet(
                    "web",
                    1 + random.nextInt(40),
                    Optional.of(new AntiAffinity(over, false)),
                    FleetStatus.FRESH,
                    false,
                    Set.of());
            var counts = new HashMap<String, Integer>();
            for (var host : scene.hosts) counts.put(domain(host, over), 0);
            for (var step : scene.plan().steps()) {
                if (!(step instanceof Step.Place place)) continue;
                var host = scene.hosts.stream()
                        .filter(each -> each.server().equals(place.server()))
                        .findFirst();
                counts.merge(domain(host.orElseThrow(), over), 1, Integer::sum);
            }
            var sorted = List.copyOf(counts.values()).stream().sorted().toList();
            assertThat(sorted.stream().mapToInt(count -> count).sum())
                    .isEqualTo(fleet.spec().count());
            assertThat(sorted.getLast() - sorted.getFirst())
                    .as("seed %d: %s", seed, counts)
                    .isLessThanOrEqualTo(1);
        }
    }

    private static String domain(Host host, Domain over) {
        return switch (over) {
            case HOST, FEED, SWITCH_PAIR, ROOM -> host.name();
            case RACK -> host.name().substring(0, 5);
            case SITE -> host.name().substring(0, 2);
        };
    }
}
