package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.compute.InstanceStatus.Stage;
import regie.kernel.Declared;
import regie.kernel.Hold;
import regie.kernel.Refused;
import regie.testing.Database;

/** Members that wait for somebody outside: on simulated hosts, a real database and virtual time. */
class FleetHooksTest {
    private static final int STEPS_MAX = 600;
    private static final String STARTING = ", hooks: {starting: {timeoutSeconds: 10, otherwise: %s}}";
    private static final String STOPPING = ", hooks: {stopping: {timeoutSeconds: 10}}";

    private World world;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(LifeTest.ESTATE + "---\n{kind: Image, name: macro, spec: {boot: kernel}}\n");
        world.step();
        List.of("par1-h01", "par1-h02", "fra1-h01").forEach(world::attend);
        world.imageIsReady("micro");
        world.imageIsReady("macro");
    }

    private void fleet(int count, String image, String more) {
        world.apply(
                "{kind: Fleet, name: web, spec: {count: %d, template: {flavor: small, image: %s}, rollout: {wave: '1', settleSeconds: 1}%s}}"
                        .formatted(count, image, more));
    }

    private void until(BooleanSupplier holds) {
        for (int step = 0; step < STEPS_MAX && !holds.getAsBoolean(); step++) world.step();
        assertThat(holds.getAsBoolean()).as(world.story()).isTrue();
    }

    private List<Declared<InstanceSpec, InstanceStatus>> waiting(HookPoint point) {
        return world.instances().stream()
                .filter(each -> each.status()
                        .hook()
                        .filter(hook -> hook.waits() && hook.point() == point)
                        .isPresent())
                .toList();
    }

    private long running() {
        return world.instances().stream()
                .filter(each -> each.status().stage() == Stage.RUNNING && !each.deleting())
                .count();
    }

    private List<String> holds(String instance) {
        return world.instance(instance).status().holds().stream()
                .map(Hold::code)
                .toList();
    }

    private void complete(String name, HookOutcome outcome) {
        world.edit(name, now -> InstanceActions.completed(now, new InstanceActions.CompleteHook(outcome)));
    }

    @Test
    void memberServesOnceItsHookIsCompletedAndIsReplacedWhereItIsAbandoned() {
        fleet(2, "micro", STARTING.formatted("abandon"));
        until(() -> waiting(HookPoint.STARTING).size() == 2);
        until(() -> holds("web-1").equals(List.of("hook-waits")));
        complete("web-1", HookOutcome.CONTINUE);
        complete("web-2", HookOutcome.ABANDON);
        until(() -> holds("web-1").isEmpty()
                && world.instances().stream().anyMatch(each -> each.name().equals("web-3")));
        assertThat(world.instance("web-1").status().hook().orElseThrow().state())
                .isEqualTo(HookStatus.State.CONTINUED);
        assertThatThrownBy(() -> complete("web-1", HookOutcome.CONTINUE))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("waits for no hook now");
    }

    @Test
    void hookThatNeverEndsTimesOutAsDeclared() {
        fleet(1, "micro", STARTING.formatted("continue"));
        until(() -> waiting(HookPoint.STARTING).size() == 1);
        until(() -> waiting(HookPoint.STARTING).isEmpty());
        var hook = world.instance("web-1").status().hook().orElseThrow();
        assertThat(hook.state()).isEqualTo(HookStatus.State.CONTINUED);
        assertThat(hook.timedOut()).isTrue();
        fleet(1, "macro", STARTING.formatted("abandon"));
        until(() -> world.fleet("web").status().lastFailure().contains("nobody completed its starting hook in time"));
    }

    @Test
    void rolloutWaitsForTheHookOfEachNewMember() {
        fleet(2, "micro", "");
        until(() -> running() == 2 && !world.fleet("web").status().underWay());
        fleet(2, "macro", STARTING.formatted("continue"));
        until(() -> waiting(HookPoint.STARTING).size() == 1);
        world.steps(30);
        assertThat(world.instances())
                .as("no old one goes before")
                .filteredOn(each -> each.spec().image().equals("micro") && !each.deleting())
                .hasSize(2);
        until(() -> {
            waiting(HookPoint.STARTING).forEach(each -> complete(each.name(), HookOutcome.CONTINUE));
            return world.instances().size() == 2
                    && world.instances().stream()
                            .allMatch(each -> each.spec().image().equals("macro"));
        });
    }

    @Test
    void memberThatIsToGoWaitsAndCountsAsOneUntilThen() {
        fleet(3, "micro", STOPPING);
        until(() -> running() == 3);
        fleet(1, "micro", STOPPING);
        until(() -> waiting(HookPoint.STOPPING).size() == 2);
        world.steps(20);
        assertThat(running()).isEqualTo(3);
        assertThat(world.fleet("web").status().total()).contains(3);
        var first = waiting(HookPoint.STOPPING).getFirst();
        complete(first.name(), HookOutcome.CONTINUE);
        until(() -> world.instances().size() == 2);
        world.startRoom();
        List.of("par1-h01", "par1-h02", "fra1-h01").forEach(world::attend);
        until(() -> world.instances().size() == 1);
        world.steps(20);
        assertThat(world.instances()).extracting(Declared::name).containsExactly("web-1");
    }
}
