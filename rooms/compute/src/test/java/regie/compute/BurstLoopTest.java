package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Hold;
import regie.testing.Database;

/** Members without room, and who stands in for them: on simulated hosts and a simulated cloud, and a real database. */
class BurstLoopTest {
    private static final int STEPS_MAX = 600;
    private static final int HOME = 3;

    private final SimulatedCloud cloud = new SimulatedCloud();
    private World world;
    private BurstLoop loop;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(
                LifeTest.ESTATE + "---\n{kind: Flavor, name: whole, spec: {vcpus: 3, memoryMiB: 2100, diskGiB: 1}}\n");
        world.step();
        for (var host : List.of("par1-h01", "par1-h02", "fra1-h01")) world.attend(host);
        world.imageIsReady("micro");
        loop = new BurstLoop(world.database, world.resources, cloud, Chance.of(new SplittableRandom(3), world.clock));
        fleet(HOME, 9);
        for (int step = 0; step < STEPS_MAX && running() < HOME; step++) world.step();
        assertThat(running()).isEqualTo(HOME);
    }

    /** Each member takes so much of a host that {@value #HOME} have room. */
    private void fleet(int count, double budget) {
        world.apply("""
                {kind: Fleet, name: web, spec: {count: %d, maximum: 10, template: {flavor: whole, image: micro},
                  burst: {cloud: paris, flavor: t3.small, image: ami-1, priceEurosPerHour: 0.5, budgetEurosPerHour: %s, afterSeconds: 0}}}
                """.formatted(count, budget));
    }

    private void turn() {
        world.database.change(Actor.ROOM, tx -> BurstLedger.again(tx, -1));
        loop.pass();
    }

    private void until(BooleanSupplier holds) {
        for (int step = 0; step < STEPS_MAX && !holds.getAsBoolean(); step++) {
            world.step();
            if (step % 5 == 0) turn();
        }
        assertThat(holds.getAsBoolean())
                .as(world.story() + (world.hasFleet("web") ? world.fleet("web").status() : "") + cloud.machines)
                .isTrue();
    }

    private List<String> holds() {
        return world.fleet("web").status().holds().stream().map(Hold::code).toList();
    }

    private long running() {
        return world.instances().stream()
                .filter(each -> each.status().stage() == InstanceStatus.Stage.RUNNING && !each.deleting())
                .count();
    }

    private int away() {
        return world.fleet("web")
                .status()
                .burst()
                .map(burst -> burst.machines().size())
                .orElse(0);
    }

    @Test
    void whoHasNoRoomIsStoodInForAndComesHomeWhenThereIs() {
        fleet(HOME + 2, 9);
        until(() -> cloud.living() == 2 && away() == 2);
        cloud.allRun();
        until(() -> world.fleet("web").status().burst().orElseThrow().machines().stream()
                .allMatch(each -> each.running() && each.address().isPresent()));
        assertThat(running()).isEqualTo(HOME);
        assertThat(world.fleet("web").status().burst().orElseThrow().eurosPerHour())
                .isEqualTo(1.0);
        fleet(HOME + 1, 9);
        until(() -> cloud.living() == 1);
        fleet(HOME, 9);
        until(() -> cloud.living() == 0 && away() == 0);
        assertThat(cloud.started).isEqualTo(2);
    }

    @Test
    void budgetIsNeverPassed() {
        fleet(HOME + 4, 1.2);
        until(() -> cloud.living() == 2 && holds().contains("burst-budget"));
        for (int at = 0; at < 10; at++) turn();
        assertThat(cloud.started).isEqualTo(2);
    }

    @Test
    void requestThatWasCutOffAfterItBoreFruitStartsNothingTwice() {
        cloud.fault = SimulatedCloud.Fault.AFTER;
        fleet(HOME + 1, 9);
        until(() -> holds().contains("burst-held"));
        for (int at = 0; at < 5; at++) turn();
        assertThat(cloud.started).isEqualTo(1);
        cloud.fault = SimulatedCloud.Fault.NONE;
        until(() -> away() == 1 && !holds().contains("burst-held"));
        assertThat(cloud.started).isEqualTo(1);
    }

    @Test
    void cloudThatAnswersNonsenseHoldsAndLosesNothing() {
        fleet(HOME + 1, 9);
        until(() -> cloud.living() == 1);
        cloud.lists = false;
        until(() -> holds().contains("burst-held"));
        fleet(HOME, 9);
        world.steps(20);
        turn();
        assertThat(cloud.living()).as("it can't be asked").isEqualTo(1);
        cloud.lists = true;
        until(() -> cloud.living() == 0 && away() == 0);
    }

    @Test
    void whatNobodyWantsIsEnded() {
        fleet(HOME + 1, 9);
        until(() -> cloud.living() == 1);
        var stray = new UUID(5, 5);
        cloud.machines.put(stray, new Cloud.Machine("m-stray", stray, Cloud.State.RUNNING, Optional.empty()));
        turn();
        assertThat(cloud.ended).containsExactly("m-stray");
        world.deleteFleet("web");
        until(() -> cloud.living() == 0 && !world.hasFleet("web"));
        until(() -> world.database.read(BurstLedger::clouds).isEmpty());
    }
}
