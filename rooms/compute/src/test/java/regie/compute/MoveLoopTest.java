package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.engine.simulated.Faults;
import regie.kernel.Actor;
import regie.testing.Database;

/** Lists of moves and servers that are emptied, on simulated hosts: few at a time, checked again at their turn, to the end. */
class MoveLoopTest {
    private static final UUID LIST = new UUID(0, 1);
    private World world;

    @BeforeEach
    void fourMachinesOnA1(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply("""
                {kind: Site, name: a, spec: {country: FR, city: Paris}}
                ---
                kind: Network
                name: a
                spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.40}}
                ---
                {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}}
                ---
                {kind: Image, name: micro, spec: {boot: kernel}}
                """);
        for (var name : List.of("a1", "a2", "a3")) server(name, "schedulable");
        world.imageIsReady("micro");
        world.step();
        world.attend("a1");
        for (int at = 1; at <= 4; at++)
            world.apply("{kind: Instance, name: vm-%d, spec: {flavor: small, image: micro}}".formatted(at));
        world.steps(5);
        world.attend("a2");
        world.attend("a3");
        world.step();
        assertThat(on("a1")).isEqualTo(4);
        world.hypervisor("a1").suffer(Faults.NONE.moveMillis(300));
    }

    @Test
    void drainedServerIsEmptiedTwoAtATime() {
        server("a1", "draining");
        int most = 0;
        for (int step = 0; step < 80 && on("a1") > 0; step++) {
            step();
            most = Math.max(most, moving());
        }
        assertThat(most).isEqualTo(2);
        assertThat(on("a1")).isZero();
        until(() -> serverHolds("a1").isEmpty());
        assertThat(world.running()).hasSize(4);
    }

    @Test
    void whatCannotLeaveADrainedServerIsNamedWithItsReason() {
        world.apply("{kind: Instance, name: vm-1, spec: {flavor: small, image: micro, power: off}}");
        world.steps(3);
        server("a1", "draining");
        until(() -> serverHolds("a1")
                .contains("1 of its machines are still here; not to be moved now: default/vm-1: it does not run"));
        assertThat(on("a1")).isEqualTo(1);
        server("a1", "schedulable");
        until(() -> serverHolds("a1").isEmpty());
        assertThat(on("a1")).isEqualTo(1);
    }

    @Test
    void listIsCarriedOutThoughTheRoomIsKilledInTheMidst() {
        begin("vm-1 a2", "vm-2 a3", "vm-3 a2", "vm-4 a3");
        world.steps(4);
        world.startRoom();
        List.of("a1", "a2", "a3").forEach(world::attend);
        until(() -> states().equals("{vm-1=DONE, vm-2=DONE, vm-3=DONE, vm-4=DONE}"));
        assertThat(on("a2")).isEqualTo(2);
        assertThat(on("a3")).isEqualTo(2);
        until(() -> head().ended().isPresent());
    }

    @Test
    void stoppedListLetsNothingMoreBegin() {
        begin("vm-1 a2", "vm-2 a2", "vm-3 a2", "vm-4 a2");
        until(() -> moving() == 2);
        world.database.change(Actor.ROOM, tx -> MoveLists.stop(tx, LIST, world.clock.now()));
        until(() -> head().ended().isPresent());
        assertThat(states()).isEqualTo("{vm-1=DONE, vm-2=DONE, vm-3=DROPPED, vm-4=DROPPED}");
        assertThat(on("a1")).isEqualTo(2);
    }

    @Test
    void moveThatIsNotLegalWhenItsTurnComesIsLeftOutAndSaysWhy() {
        world.apply("{kind: Flavor, name: whole, spec: {vcpus: 4, memoryMiB: 512, diskGiB: 1}}");
        world.apply("{kind: Instance, name: big, spec: {flavor: whole, image: micro}}");
        until(() -> world.instance("big").status().host().isPresent());
        var full = world.instance("big").status().host().orElseThrow();
        begin("vm-1 " + full);
        until(() -> head().ended().isPresent());
        assertThat(states()).isEqualTo("{vm-1=FAILED}");
        assertThat(moves().getFirst().why()).contains("1 too few threads (2 left), 2 not the one that was named");
        assertThat(on("a1")).isEqualTo(4);
    }

    @Test
    void moveOfAMachineThatIsDeletedMeanwhileIsLeftOut() {
        begin("vm-1 a2");
        world.deleteInstance("vm-1");
        until(() -> head().ended().isPresent());
        assertThat(world.instances()).hasSize(3);
    }

    private void server(String name, String state) {
        world.apply("""
                kind: Server
                name: %s
                spec:
                  {site: a, hypervisor: simulated, state: %s, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: d, sizeGiB: 40}]}
                """.formatted(name, state));
    }

    private void begin(String... moves) {
        var wanted = java.util.Arrays.stream(moves)
                .map(move -> move.split(" ", -1))
                .map(move -> new MoveLists.Wanted(world.instance(move[0]).uid(), move[1]))
                .toList();
        world.database.change(Actor.ROOM, tx -> MoveLists.begin(tx, LIST, "by hand", wanted, world.clock.now()));
    }

    private MoveLists.Head head() {
        return world.database.read(MoveLists::newest).orElseThrow();
    }

    private List<MoveLists.Listed> moves() {
        return world.database.read(tx -> MoveLists.moves(tx, LIST));
    }

    private String states() {
        var names = new TreeMap<String, MoveLists.State>();
        for (var move : moves()) {
            world.instances().stream()
                    .filter(each -> each.uid().equals(move.instance()))
                    .forEach(each -> names.put(each.name(), move.state()));
        }
        return names.toString();
    }

    private long on(String host) {
        return world.instances().stream()
                .filter(each -> each.status().host().equals(Optional.of(host)))
                .count();
    }

    private int moving() {
        return (int) world.instances().stream()
                .filter(each -> each.status().migration().isPresent())
                .count();
    }

    private String serverHolds(String name) {
        return world.database
                .read(tx -> world.resources.get(tx, regie.estate.Servers.KIND, regie.estate.Servers.KIND.key("", name)))
                .status()
                .holds()
                .toString()
                .replace("[]", "");
    }

    private void step() {
        world.step();
        world.reckoning.assertNothingRunsTwice();
        world.reckoning.assertNoHostIsOversold();
    }

    private void until(BooleanSupplier condition) {
        for (int step = 0; step < 150; step++) {
            if (condition.getAsBoolean()) return;
            step();
        }
        assertThat(world.story() + moves()).isEqualTo("as awaited");
    }
}
