package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.compute.InstanceStatus.Stage;
import regie.engine.simulated.SimulatedHypervisor;
import regie.kernel.Actor;
import regie.testing.Database;

/** From a manifest to machines that run, fail, are mended and go, on simulated hosts and a real database. */
class LifeTest {
    /** Two hosts of four threads at one site, one at another. */
    static final String ESTATE = """
            kind: Site
            name: par1
            spec: {country: FR, city: Paris}
            ---
            kind: Site
            name: fra1
            spec: {country: DE, city: Frankfurt}
            ---
            kind: Server
            name: par1-h[01-02]
            spec: {site: par1, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: a, sizeGiB: 100}]}
            ---
            kind: Server
            name: fra1-h01
            spec: {site: fra1, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: a, sizeGiB: 100}]}
            ---
            kind: Network
            name: par1-guests
            spec: {site: par1, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.99}}
            ---
            kind: Network
            name: fra1-guests
            spec: {site: fra1, cidr: 10.2.0.0/24, gateway: 10.2.0.1, range: {first: 10.2.0.10, last: 10.2.0.99}}
            ---
            kind: Flavor
            name: small
            spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}
            ---
            kind: Flavor
            name: large
            spec: {vcpus: 2, memoryMiB: 1024, diskGiB: 1}
            ---
            kind: Flavor
            name: huge
            spec: {vcpus: 64, memoryMiB: 1024, diskGiB: 1}
            ---
            kind: Image
            name: micro
            spec: {boot: kernel, kernelArguments: quiet}
            """;

    private static final String FLEET = """
            kind: Fleet
            name: web
            spec: {count: 3, template: {flavor: small, image: micro}, antiAffinity: {over: site}}
            """;

    private World world;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(ESTATE);
        world.step();
        for (var host : new String[] {"par1-h01", "par1-h02", "fra1-h01"}) world.attend(host);
        world.imageIsReady("micro");
    }

    private Stage stage(String instance) {
        return world.instance(instance).status().stage();
    }

    @Test
    void hostThatWasSetUpAnewRunsItsGuestsAgain() {
        world.apply(FLEET);
        world.steps(5);
        var host = world.instance("web-1").status().host().orElseThrow();
        world.breakLine(host);
        world.hypervisors.remove(host);
        world.step();
        world.attend(host);
        world.steps(10);
        assertThat(world.running()).hasSize(3);
        assertThat(world.instances()).allMatch(each -> each.status().stage() == Stage.RUNNING);
    }

    @Test
    void fleetIsPlacedOverSitesAndRuns() {
        world.apply(FLEET);
        world.steps(5);
        assertThat(world.instances())
                .hasSize(3)
                .allMatch(member -> member.status().stage() == Stage.RUNNING);
        assertThat(world.instances().stream()
                        .map(member -> member.status().site().orElseThrow()))
                .containsExactlyInAnyOrder("par1", "fra1", member(2));
        assertThat(world.instances())
                .allMatch(member -> member.status().address().isPresent());
        world.reckoning.assertNothingRunsTwice();
    }

    private String member(int at) {
        return world.instances().get(at).status().site().orElseThrow();
    }

    @Test
    void killedMemberIsReplacedUnderANewName() {
        world.apply(FLEET);
        world.steps(5);
        var victim = world.instance("web-2");
        world.hostOf("web-2").orElseThrow().kill(victim.uid());
        world.steps(6);
        assertThat(world.instances().stream().map(member -> member.name())).containsExactly("web-1", "web-3", "web-4");
        assertThat(world.instances()).allMatch(member -> member.status().stage() == Stage.RUNNING);
    }

    @Test
    void fleetShrinksAndGoes() {
        world.apply(FLEET);
        world.steps(5);
        world.apply(FLEET.replace("count: 3", "count: 1"));
        world.steps(6);
        assertThat(world.instances()).hasSize(1);
        delete(Compute.FLEET.name(), "web");
        world.steps(8);
        assertThat(world.instances()).isEmpty();
        assertThat(world.running()).isEmpty();
        assertThat(claimed()).isZero();
    }

    /** Whichever turn it is that the fleet is looked at: the one in which its last member goes, too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void fleetGoesWheneverItIsLookedAt(int turn) {
        world.apply(FLEET);
        world.steps(5);
        var fleet =
                world.database.read(tx -> world.resources.get(tx, Compute.FLEET, Compute.FLEET.key("default", "web")));
        delete(Compute.FLEET.name(), "web");
        world.steps(turn);
        world.database.change(Actor.ROOM, tx -> world.resources.wake(tx, Compute.FLEET, List.of(fleet.uid())));
        world.steps(8);
        assertThat(world.instances()).isEmpty();
        var left = world.database.read(tx -> world.resources.find(tx, Compute.FLEET, fleet.key()));
        assertThat(left).isEmpty();
    }

    @Test
    void singleInstanceIsRestartedWhereItIs() {
        world.apply(instance("small"));
        world.steps(5);
        var before = world.instance("one");
        kill(before.uid());
        world.steps(5);
        var after = world.instance("one");
        assertThat(after.status().stage()).isEqualTo(Stage.RUNNING);
        assertThat(after.status().host()).isEqualTo(before.status().host());
        assertThat(after.status().epoch()).isEqualTo(before.status().epoch() + 1);
    }

    @Test
    void switchedOffAndOnAgainKeepsItsPlace() {
        world.apply(instance("small"));
        world.steps(5);
        world.apply(instance("small").replace("{flavor", "{power: off, flavor"));
        world.steps(4);
        assertThat(stage("one")).isEqualTo(Stage.STOPPED);
        assertThat(claimed()).isEqualTo(1);
        world.apply(instance("small"));
        world.steps(4);
        assertThat(stage("one")).isEqualTo(Stage.RUNNING);
    }

    @Test
    void resizeTakesTheNewClaimAndNoMore() {
        world.apply(instance("small"));
        world.steps(5);
        world.apply(instance("large"));
        world.steps(6);
        assertThat(stage("one")).isEqualTo(Stage.RUNNING);
        assertThat(claimed()).isEqualTo(2);
        world.apply(instance("small"));
        world.steps(6);
        assertThat(stage("one")).isEqualTo(Stage.RUNNING);
        assertThat(claimed()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitWaitsAndSaysWhy() {
        world.apply(instance("huge"));
        world.steps(3);
        assertThat(stage("one")).isEqualTo(Stage.PENDING);
        assertThat(world.instance("one").status().holds().getFirst().detail())
                .isEqualTo("no place for 64 vCPU, 1024 MiB, 1 GiB: of 3 hosts: 3 too few threads (0 left)");
    }

    @Test
    void silentHostHoldsItsGuestsAndGetsNoNewOnes() {
        world.apply(instance("small"));
        world.steps(5);
        var host = world.instance("one").status().host().orElseThrow();
        world.hypervisor(host).crash();
        world.steps(60);
        assertThat(world.instance("one").status().holds().getFirst().code()).isEqualTo("host-silent");
        assertThat(world.instance("one").status().host()).contains(host);
    }

    @Test
    void memberThatCannotBootDoesNotMakeTheFleetRunWild() {
        for (var hypervisor : world.hypervisors.values())
            hypervisor.suffer(hypervisor.faults().bootFails(true));
        world.apply(FLEET);
        world.steps(60);
        var highest = world.instances().stream()
                .mapToInt(member -> Integer.parseInt(member.name().substring(4)))
                .max()
                .orElse(0);
        assertThat(highest).as("members made in six seconds").isLessThan(10);
        world.hypervisors
                .values()
                .forEach(hypervisor -> hypervisor.suffer(hypervisor.faults().bootFails(false)));
        world.steps(100);
        assertThat(world.instances()).as("until somebody says that all is well").isEmpty();
        world.apply(FLEET.replace("count: 3", "count: 3, resumes: 1"));
        world.steps(20);
        assertThat(world.instances())
                .hasSize(3)
                .allMatch(member -> member.status().stage() == Stage.RUNNING);
    }

    private static String instance(String flavor) {
        return "{kind: Instance, name: one, spec: {flavor: %s, image: micro}}".formatted(flavor);
    }

    private void kill(UUID uid) {
        world.hypervisors.values().forEach((SimulatedHypervisor hypervisor) -> hypervisor.kill(uid));
    }

    private void delete(String kind, String name) {
        world.database.change(Actor.ROOM, tx -> {
            var found = world.resources.get(tx, Compute.FLEET, Compute.FLEET.key("default", name));
            world.resources.delete(tx, world.kinds.get(kind), java.util.List.of(found.uid()));
        });
    }

    private long claimed() {
        return world.database
                .read(tx -> tx.query(
                        "select sum(claimed) as n from compute.slot where slot like 'threads@%'",
                        row -> row.number("n")))
                .getFirst();
    }
}
