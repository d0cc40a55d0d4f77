package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.engine.simulated.Faults;
import regie.estate.ServerSpec.State;
import regie.estate.ServerStatus.Presence;
import regie.kernel.Hold;
import regie.testing.Database;

/** A server that beats while its disk hangs is emptied and not shot; and given machines again when it is well. In virtual time. */
class DegradedLifeTest {
    private MaintenanceWorld world;

    @BeforeEach
    void threeServersWithMachinesOnTheFirst(@Database(Ground.Rooms.class) DataSource source) {
        world = new MaintenanceWorld(source, 1);
        world.apply("""
                {kind: Site, name: a, spec: {country: FR, city: Paris}}
                ---
                kind: Server
                name: a[1-3]
                spec: {site: a, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: d, sizeGiB: 40}]}
                ---
                kind: Network
                name: a
                spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.40}}
                ---
                {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}}
                ---
                {kind: Image, name: micro, spec: {boot: kernel}}
                """);
        world.imageIsReady("micro");
        world.steps(1);
        world.attend("a1");
        for (int at = 1; at <= 3; at++)
            world.apply("{kind: Instance, name: vm-%d, spec: {flavor: small, image: micro}}".formatted(at));
        world.steps(5);
        world.attend("a2");
        world.attend("a3");
        world.steps(2);
        assertThat(world.running().toString()).isEqualTo("{a1=[vm-1, vm-2, vm-3]}");
    }

    @Test
    void serverWhoseDiskHangsIsShownThenEmptiedAndOpenedAgainOnceItIsWell() {
        world.hypervisor("a1").suffer(Faults.NONE.disk(Faults.Disk.HANGS));
        until(() -> holds("a1").contains("a write to its disk does not end"));
        assertThat(world.state("a1")).as("shown first").isEqualTo(State.SCHEDULABLE);
        until(() -> world.state("a1") != State.SCHEDULABLE);
        until(() -> !world.running().containsKey("a1") && world.state("a1") == State.CORDONED);
        assertThat(machines()).as("they went on running").isEqualTo(3);
        assertThat(holds("a1")).contains("regie maintenance show degraded-a1-");
        world.startRoom();
        world.hypervisor("a1").suffer(Faults.NONE);
        until(() -> holds("a1").contains("it is well since"));
        assertThat(world.state("a1")).isEqualTo(State.CORDONED);
        until(() -> world.state("a1") == State.SCHEDULABLE && holds("a1").isEmpty());
        assertThat(machines()).isEqualTo(3);
    }

    @Test
    void serverThatReportsNothingNewIsFoundByTheRoomItself() {
        world.hypervisor("a1").suffer(Faults.NONE.lie(Faults.Lie.FROZEN));
        world.apply("{kind: Instance, name: vm-1, spec: {flavor: small, image: micro, power: \"off\"}}");
        until(() -> holds("a1").contains("it reports nothing new"));
        until(() -> world.state("a1") != State.SCHEDULABLE);
        assertThat(world.server("a1").status().presence())
                .as("nobody shoots it")
                .isEqualTo(Presence.UP);
    }

    private int machines() {
        return world.running().values().stream().mapToInt(List::size).sum();
    }

    private String holds(String server) {
        return String.join(
                "; ",
                world.server(server).status().holds().stream().map(Hold::detail).toList());
    }

    private void until(BooleanSupplier condition) {
        for (int step = 0; step < 200; step++) {
            if (condition.getAsBoolean()) return;
            world.step(1_000);
        }
        assertThat(world.server("a1").toString() + world.running()).isEqualTo("as awaited");
    }
}
