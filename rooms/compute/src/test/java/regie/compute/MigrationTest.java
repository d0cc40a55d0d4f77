package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.compute.InstanceStatus.Stage;
import regie.engine.simulated.Faults;
import regie.kernel.Refused;
import regie.testing.Database;

/** The life of a migration, step by step, on simulated hosts: what is claimed, what runs where, and what is shown of it. */
class MigrationTest {
    private static final Claim WHOLE = new Claim(4, 4096, 40);
    private static final Claim WITHOUT_ONE = new Claim(3, 3584, 39);

    private World world;

    @BeforeEach
    void oneMachineRunsOnA1(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply("""
                {kind: Site, name: a, spec: {country: FR, city: Paris}}
                ---
                {kind: Site, name: b, spec: {country: DE, city: Frankfurt}}
                ---
                kind: Server
                name: a[1-2]
                spec: {site: a, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: d, sizeGiB: 40}]}
                ---
                kind: Server
                name: b1
                spec: {site: b, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: d, sizeGiB: 40}]}
                ---
                kind: Network
                name: a
                spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.40}}
                ---
                {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}}
                ---
                {kind: Image, name: micro, spec: {boot: kernel}}
                ---
                {kind: Instance, name: web, spec: {flavor: small, image: micro}}
                """);
        world.imageIsReady("micro");
        world.step();
        List.of("a1", "a2", "b1").forEach(world::attend);
        world.steps(5);
        assertThat(at()).contains("a1");
    }

    @Test
    void runningMachineChangesItsHostAndKeepsItsAddress() {
        var before = world.instance("web").status();
        slowMoves("a1");
        world.migrate("web", Optional.empty());
        until(() -> world.reckoning.left("a2").equals(WITHOUT_ONE));
        assertThat(world.reckoning.left("a1")).as("both places are held").isEqualTo(WITHOUT_ONE);
        assertThat(world.instance("web").status().migration().orElseThrow().to())
                .isEqualTo("a2");
        assertThat(world.instance("web").status().stage()).isEqualTo(Stage.RUNNING);
        until(() -> world.reckoning.left("a1").equals(WHOLE));
        var after = world.instance("web").status();
        assertThat(at()).contains("a2");
        assertThat(after.address()).isEqualTo(before.address());
        assertThat(after.epoch()).isEqualTo(before.epoch() + 1);
        assertThat(after.migration()).isEmpty();
        assertThat(after.stage()).isEqualTo(Stage.RUNNING);
        assertThat(after.since()).isEqualTo(before.since());
        var last = after.lastMigration().orElseThrow();
        assertThat(last.from()).isEqualTo("a1");
        assertThat(last.to()).isEqualTo("a2");
        assertThat(last.seconds()).isBetween(0.3, 60.0);
        assertThat(last.downtimeMillis()).contains(0L);
        assertThat(last.failure()).isEmpty();
    }

    @Test
    void machineWhoseMoveFailsRunsOnWhereItWasAndSaysWhy() {
        world.hypervisor("a1").suffer(Faults.NONE.moves(Faults.Moves.FAIL));
        world.migrate("web", Optional.of("a2"));
        until(() -> world.instance("web").status().lastMigration().isPresent());
        assertThat(at()).contains("a1");
        assertThat(world.reckoning.left("a2")).isEqualTo(WHOLE);
        assertThat(world.reckoning.left("a1")).isEqualTo(WITHOUT_ONE);
        world.step();
        var status = world.instance("web").status();
        assertThat(status.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.code()).isEqualTo("migration-failed");
            assertThat(hold.detail()).contains("a1").contains("told to fail");
        });
        world.hypervisor("a1").suffer(Faults.NONE);
        world.migrate("web", Optional.of("a2"));
        until(() -> at().equals(Optional.of("a2")));
        world.steps(3);
        assertThat(world.instance("web").status().holds()).isEmpty();
    }

    @Test
    void wordThatWasLostBetweenTheHostsComesByTheRoom() {
        world.hypervisor("a1").suffer(Faults.NONE.moves(Faults.Moves.LOSE_WORD));
        world.migrate("web", Optional.empty());
        until(() -> at().equals(Optional.of("a2")));
        until(() -> world.reckoning.left("a1").equals(WHOLE));
        var last = world.instance("web").status().lastMigration().orElseThrow();
        assertThat(last.downtimeMillis()).as("nobody measured it").isEmpty();
    }

    @Test
    void machineWithoutAPlaceToGoStaysAndSaysWhatIsInTheWay() {
        world.migrate("web", Optional.of("b1"));
        world.steps(2);
        var status = world.instance("web").status();
        assertThat(status.holds())
                .singleElement()
                .satisfies(hold -> assertThat(hold.detail())
                        .contains("it stays on a1")
                        .contains("1 at another site")
                        .contains("2 not the one that was named"));
        assertThat(world.reckoning.left("b1")).isEqualTo(WHOLE);
    }

    @Test
    void moveThatIsCalledOffLeavesTheMachineWhereItIs() {
        slowMoves("a1");
        world.migrate("web", Optional.empty());
        until(() -> world.reckoning.left("a2").equals(WITHOUT_ONE));
        world.steps(2);
        world.stay("web");
        until(() -> world.reckoning.left("a2").equals(WHOLE));
        assertThat(at()).contains("a1");
        assertThat(world.instance("web").status().lastMigration().orElseThrow().failure())
                .contains("it was called off");
    }

    @Test
    void machineThatIsDeletedOnItsWayLeavesNothingBehind() {
        slowMoves("a1");
        world.migrate("web", Optional.empty());
        until(() -> world.reckoning.left("a2").equals(WITHOUT_ONE));
        world.deleteInstance("web");
        until(() -> world.instances().isEmpty());
        assertThat(world.reckoning.left("a1")).isEqualTo(WHOLE);
        assertThat(world.reckoning.left("a2")).isEqualTo(WHOLE);
        assertThat(world.running()).isEmpty();
    }

    @Test
    void deathOfTheHostItComesFromAfterItLeftIsNoHarm() {
        world.migrate("web", Optional.empty());
        until(() -> at().equals(Optional.of("a2")));
        world.hypervisor("a1").crash();
        world.steps(60);
        assertThat(world.reckoning.left("a1"))
                .as("held until a1 says that nothing is there")
                .isEqualTo(WITHOUT_ONE);
        assertThat(world.instance("web").status().stage()).isEqualTo(Stage.RUNNING);
        world.hypervisor("a1").restart();
        world.attend("a1");
        until(() -> world.reckoning.left("a1").equals(WHOLE));
    }

    @Test
    void machineThatIsOffOrThereAlreadyIsRefusedAtOnce() {
        assertThatThrownBy(() -> action("a1")).isInstanceOf(Refused.class).hasMessageContaining("is on a1 already");
        world.apply("{kind: Instance, name: web, spec: {flavor: small, image: micro, power: off}}");
        assertThatThrownBy(() -> action("a2")).isInstanceOf(Refused.class).hasMessageContaining("switched off");
    }

    private void action(String host) {
        var migrate = InstanceActions.ALL.stream()
                .filter(action -> action.name().equals("migrate"))
                .findFirst()
                .orElseThrow();
        @SuppressWarnings("unchecked")
        var action = (regie.kernel.Action<InstanceSpec, InstanceStatus, InstanceActions.Migrate>) migrate;
        action.edit().apply(world.instance("web"), new InstanceActions.Migrate(Optional.of(host)));
    }

    private void slowMoves(String host) {
        world.hypervisor(host).suffer(Faults.NONE.moveMillis(500));
    }

    /** Where it truly runs. */
    private Optional<String> at() {
        world.reckoning.assertNothingRunsTwice();
        return world.running().values().stream().findFirst().map(List::getFirst);
    }

    private void until(java.util.function.BooleanSupplier condition) {
        for (int step = 0; step < 100; step++) {
            if (condition.getAsBoolean()) return;
            world.step();
            world.reckoning.assertNothingRunsTwice();
            world.reckoning.assertNoHostIsOversold();
        }
        assertThat(world.story()).isEqualTo("as awaited");
    }
}
