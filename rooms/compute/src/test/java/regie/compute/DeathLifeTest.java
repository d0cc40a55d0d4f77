package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.compute.InstanceStatus.Stage;
import regie.estate.ServerSpec.State;
import regie.estate.ServerStatus.Presence;
import regie.estate.Servers;
import regie.kernel.Declared;
import regie.kernel.Hold;
import regie.testing.Database;

/** A host that is proven dead gives its machines back, and is given none before it has come back clean. */
class DeathLifeTest {
    /** Longer than a host may be unheard before it is silent. */
    private static final int SILENT_MILLIS = 6_000;

    private World world;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(LifeTest.ESTATE);
        world.step();
        for (var host : new String[] {"par1-h01", "par1-h02", "fra1-h01"}) world.attend(host);
        world.imageIsReady("micro");
    }

    private void single(String name, String more) {
        world.apply("{kind: Instance, name: %s, spec: {flavor: small, image: micro%s}}".formatted(name, more));
    }

    private Declared<InstanceSpec, InstanceStatus> instance(String name) {
        return world.instance(name);
    }

    private Presence presence(String server) {
        return world.database
                .read(tx -> world.resources.get(tx, Servers.KIND, Servers.KIND.key("", server)))
                .status()
                .presence();
    }

    private List<String> holds(String server) {
        return world
                .database
                .read(tx -> world.resources.get(tx, Servers.KIND, Servers.KIND.key("", server)))
                .status()
                .holds()
                .stream()
                .map(Hold::code)
                .toList();
    }

    private void dies(String host) {
        world.powerOff(host);
        world.step(SILENT_MILLIS);
        world.step();
        assertThat(presence(host)).isEqualTo(Presence.SILENT);
        world.serverInto(State.DEAD, host);
    }

    @Test
    void whatMayBeRebuiltStartsElsewhereAndKeepsItsAddressAtItsSite() {
        single("db", ", site: par1, recovery: {otherwise: rebuild}");
        world.steps(5);
        var before = instance("db").status();
        var host = before.host().orElseThrow();
        dies(host);
        world.steps(3);
        var after = instance("db").status();
        assertThat(after.stage()).isEqualTo(Stage.RUNNING);
        assertThat(after.host().orElseThrow()).isNotEqualTo(host).startsWith("par1");
        assertThat(after.address()).isEqualTo(before.address());
        assertThat(after.epoch()).isEqualTo(before.epoch() + 1);
        assertThat(presence(host)).isEqualTo(Presence.DEAD);
        world.reckoning.assertNoHostIsOversold();
    }

    @Test
    void atAnotherSiteItGetsAnotherAddress() {
        single("db", ", recovery: {otherwise: rebuild}");
        world.serverInto(State.CORDONED, "par1-h01");
        world.serverInto(State.CORDONED, "par1-h02");
        world.steps(5);
        assertThat(instance("db").status().host()).contains("fra1-h01");
        world.serverInto(State.SCHEDULABLE, "par1-h01");
        dies("fra1-h01");
        world.steps(3);
        assertThat(instance("db").status().stage()).isEqualTo(Stage.RUNNING);
        assertThat(instance("db").status().site()).contains("par1");
        assertThat(instance("db").status().address().orElseThrow()).startsWith("10.1.");
    }

    @Test
    void aDiskThatNobodyAgreedToLoseIsWaitedFor() {
        single("db", "");
        world.steps(5);
        var host = instance("db").status().host().orElseThrow();
        dies(host);
        world.steps(3);
        assertThat(instance("db").status().stage()).isEqualTo(Stage.FAILED);
        assertThat(instance("db").status().holds()).singleElement().satisfies(hold -> {
            assertThat(hold.code()).isEqualTo("host-dead");
            assertThat(hold.detail()).contains("regie instance rebuild db");
        });
        world.powerOn(host);
        world.serverInto(State.SCHEDULABLE, host);
        world.steps(10);
        assertThat(instance("db").status().stage()).isEqualTo(Stage.RUNNING);
        assertThat(instance("db").status().host()).as("where its disk is").contains(host);
    }

    @Test
    void whoeverAsksForARebuildAgreesToLoseTheDisk() {
        single("db", "");
        world.steps(5);
        var host = instance("db").status().host().orElseThrow();
        dies(host);
        world.steps(3);
        single("db", ", builds: 1");
        world.steps(3);
        assertThat(instance("db").status().stage()).isEqualTo(Stage.RUNNING);
        assertThat(instance("db").status().host().orElseThrow()).isNotEqualTo(host);
    }

    @Test
    void membersAreReplacedAtOnceAndDeletionsEnd() {
        world.apply("""
                kind: Fleet
                name: web
                spec: {count: 3, template: {flavor: small, image: micro}, antiAffinity: {over: host}}
                """);
        single("old", ", site: par1");
        world.steps(5);
        var host = instance("old").status().host().orElseThrow();
        world.powerOff(host);
        world.step(SILENT_MILLIS);
        world.deleteInstance("old");
        world.steps(3);
        assertThat(instance("old").status().holds()).extracting(Hold::code).contains("host-silent");
        world.serverInto(State.DEAD, host);
        world.steps(3);
        assertThat(world.instances()).hasSize(3).allSatisfy(member -> {
            assertThat(member.status().stage()).isEqualTo(Stage.RUNNING);
            assertThat(member.status().host().orElseThrow()).isNotEqualTo(host);
        });
    }

    @Test
    void whoComesBackIsCleanedBeforeItIsGivenAnything() {
        single("db", ", site: par1, recovery: {otherwise: rebuild}");
        world.steps(5);
        var host = instance("db").status().host().orElseThrow();
        dies(host);
        world.steps(3);
        world.powerOn(host);
        world.steps(3);
        assertThat(presence(host)).as("its operator has yet to say so").isEqualTo(Presence.DEAD);
        world.serverInto(State.SCHEDULABLE, host);
        world.steps(3);
        assertThat(presence(host)).isEqualTo(Presence.UP);
        assertThat(World.observe(world.hypervisor(host))).as("zombies").isEmpty();
        world.reckoning.assertNothingRunsTwice();
        List<Death> deaths = world.database.read(tx -> Deaths.newest(tx, 10));
        assertThat(deaths)
                .singleElement()
                .satisfies(death -> assertThat(death.returned()).isPresent());
    }

    /** Its operator has yet to say that it is alive, and until then what stood there may start elsewhere. */
    @Test
    void whoComesBackRunsNothingBeforeItIsInServiceAgain() {
        single("db", "");
        world.steps(5);
        var host = instance("db").status().host().orElseThrow();
        dies(host);
        world.powerOn(host);
        world.steps(5);
        single("db", ", builds: 1");
        world.steps(5);
        assertThat(instance("db").status().stage()).isEqualTo(Stage.RUNNING);
        assertThat(instance("db").status().host().orElseThrow()).isNotEqualTo(host);
        world.reckoning.assertNothingRunsTwice();
    }

    @Test
    void whatIsDeletedWhileItsDeadHostIsBackLeavesThatHost() {
        single("db", "");
        world.steps(5);
        var host = instance("db").status().host().orElseThrow();
        dies(host);
        world.powerOn(host);
        world.steps(5);
        world.deleteInstance("db");
        world.steps(5);
        assertThat(World.observe(world.hypervisor(host))).isEmpty();
        world.serverInto(State.SCHEDULABLE, host);
        world.steps(5);
        assertThat(presence(host)).isEqualTo(Presence.UP);
    }

    @Test
    void whoStillLiesOfZombiesIsNotTakenBack() {
        single("db", ", site: par1, recovery: {otherwise: rebuild}");
        world.steps(5);
        var host = instance("db").status().host().orElseThrow();
        dies(host);
        world.steps(3);
        world.hypervisor(host).restart();
        world.hypervisor(host).suffer(regie.engine.simulated.Faults.NONE.lie(regie.engine.simulated.Faults.Lie.FROZEN));
        world.attend(host);
        world.serverInto(State.SCHEDULABLE, host);
        world.steps(10);
        assertThat(presence(host)).isEqualTo(Presence.DEAD);
        world.hypervisor(host).suffer(regie.engine.simulated.Faults.NONE);
        world.attend(host);
        world.steps(3);
        assertThat(presence(host)).isEqualTo(Presence.UP);
    }

    @Test
    void whoAnswersIsNotDeadWhateverIsDeclared() {
        single("db", ", site: par1, recovery: {otherwise: rebuild}");
        world.steps(5);
        var host = instance("db").status().host().orElseThrow();
        world.serverInto(State.DEAD, host);
        world.steps(5);
        assertThat(presence(host)).isEqualTo(Presence.UP);
        assertThat(holds(host)).contains("still-heard");
        assertThat(instance("db").status().host()).contains(host);
    }

    @Test
    void whoComesBackThreeTimesWithinAnHourIsQuarantinedUntilSomebodyLooks() {
        for (int death = 0; death < Deaths.RETURNS_MAX; death++) {
            dies("fra1-h01");
            world.steps(3);
            world.powerOn("fra1-h01");
            world.serverInto(State.SCHEDULABLE, "fra1-h01");
            world.steps(3);
        }
        assertThat(holds("fra1-h01")).contains("quarantined");
        single("db", ", site: fra1");
        world.steps(3);
        assertThat(instance("db").status().stage()).isEqualTo(Stage.PENDING);
        world.serverInto(State.CORDONED, "fra1-h01");
        world.step();
        world.serverInto(State.SCHEDULABLE, "fra1-h01");
        world.steps(5);
        assertThat(holds("fra1-h01")).isEmpty();
        assertThat(instance("db").status().stage()).isEqualTo(Stage.RUNNING);
    }

    @Test
    void moreAreLostThanThereIsRoomForAndTheUrgentComeFirst() {
        IntStream.range(0, 8)
                .forEach(each -> single(
                        "vm-" + each, ", site: par1, recovery: {otherwise: rebuild, priority: %d}".formatted(each)));
        world.steps(8);
        dies("par1-h01");
        world.steps(3);
        var lost = world.instances().stream()
                .filter(each -> each.status().stage() == Stage.FAILED)
                .toList();
        assertThat(lost)
                .hasSize(4)
                .allSatisfy(each ->
                        assertThat(each.status().holds()).extracting(Hold::code).containsExactly("no-room"));
        world.apply("""
                kind: Server
                name: par1-h03
                spec: {site: par1, hypervisor: simulated, numa: [{threads: 2, memoryMiB: 4096}], disks: [{name: a, sizeGiB: 100}]}
                """);
        world.step();
        world.attend("par1-h03");
        world.steps(4);
        var left = lost.stream()
                .map(each -> instance(each.name()))
                .filter(each -> each.status().stage() == Stage.FAILED)
                .mapToInt(each -> each.spec().recovery().orElseThrow().priority())
                .max()
                .orElseThrow();
        assertThat(lost.stream()
                        .map(each -> instance(each.name()))
                        .filter(each -> each.status().stage() == Stage.RUNNING)
                        .map(each -> each.spec().recovery().orElseThrow().priority()))
                .hasSize(2)
                .allMatch(priority -> priority > left);
    }

    @Test
    void roomThatSurvivalHoldsIsTakenByThoseItIsHeldFor() {
        IntStream.range(0, 8)
                .forEach(each ->
                        single("vm-" + each, ", recovery: {otherwise: rebuild}, placement: {survives: [host]}"));
        world.steps(10);
        assertThat(world.instances()).allMatch(each -> each.status().stage() == Stage.RUNNING);
        single("greedy", "");
        world.steps(3);
        assertThat(instance("greedy").status().stage()).as("the rest is held").isEqualTo(Stage.PENDING);
        dies("par1-h01");
        world.steps(4);
        assertThat(world.instances().stream().filter(each -> each.status().stage() == Stage.RUNNING))
                .as("all that survive, on two hosts that are full")
                .hasSize(8)
                .noneMatch(each -> each.name().equals("greedy"));
    }

    @Test
    void membersThatSurviveAreReplacedInTheRoomThatIsHeldForThem() {
        world.apply("""
                kind: Fleet
                name: web
                spec: {count: 8, template: {flavor: small, image: micro}, placement: {survives: [host]}}
                """);
        world.steps(10);
        assertThat(world.running()).hasSize(8);
        dies("par1-h01");
        world.steps(4);
        assertThat(world.running()).hasSize(8);
        world.reckoning.assertNoHostIsOversold();
    }
}
