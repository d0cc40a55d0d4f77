package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.compute.RebalanceAnswer.Aim;
import regie.compute.RebalanceAnswer.Move;
import regie.compute.RebalanceAnswer.Proposal;
import regie.compute.RebalanceAnswer.Wanted;
import regie.estate.Servers;
import regie.identity.Access;
import regie.identity.Caller;
import regie.identity.Desk;
import regie.identity.Register;
import regie.identity.Role;
import regie.kernel.Actions;
import regie.kernel.Check;
import regie.kernel.Declarations;
import regie.kernel.Manifests;
import regie.kernel.Migrations;
import regie.kernel.Refused;
import regie.placement.Slot;
import regie.placement.Solver;
import regie.testing.Database;
import regie.testing.Schema;

/** Three hosts of two NUMA nodes, each of which has one machine of two threads too many for one of four. */
class RebalancingTest {
    private static final Caller ADMIN =
            new Caller(UUID.nameUUIDFromBytes(new byte[1]), "admin", Role.OPERATOR, Optional.empty(), "1");
    /** As where the solver's library is for another kind of machine. */
    private static final Solver NONE = (_, _) -> new Solver.Answer.Unavailable("there is none here");

    private World world;
    private Rebalancing rebalancing;

    static final class Rooms implements Schema {
        public Rooms() {}

        @Override
        public void migrate(DataSource database) {
            for (var room : List.of("kernel", "identity", "network", "compute")) Migrations.run(database, room);
        }
    }

    @BeforeEach
    void halfOfEachNode(@Database(Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply("""
                {kind: Site, name: a, spec: {country: FR, city: Paris}}
                ---
                {kind: Rack, name: r1, spec: {site: a}}
                ---
                kind: Network
                name: a
                spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.40}}
                ---
                {kind: Flavor, name: two, spec: {vcpus: 2, memoryMiB: 512, diskGiB: 1, numaNodes: 1}}
                ---
                {kind: Flavor, name: four, spec: {vcpus: 4, memoryMiB: 512, diskGiB: 1, numaNodes: 1}}
                ---
                {kind: Image, name: micro, spec: {boot: kernel}}
                """);
        for (var name : List.of("a1", "a2", "a3")) server(name, "schedulable");
        world.imageIsReady("micro");
        world.step();
        for (var name : List.of("a1", "a2", "a3")) world.attend(name);
        for (int at = 1; at <= 12; at++)
            world.apply("{kind: Instance, name: vm-%d, spec: {flavor: two, image: micro}}".formatted(at));
        world.steps(8);
        var seen = new HashSet<String>();
        for (var instance : List.copyOf(world.instances())) {
            var place = place(instance.uid());
            if (!seen.add(place.host() + " " + place.takes().getFirst().slot())) world.deleteInstance(instance.name());
        }
        world.steps(8);
        assertThat(world.instances()).hasSize(6);
        var access = new Access(world.kinds, Set.of());
        var manifests = new Manifests(world.kinds);
        var declarations = new Declarations(world.kinds, world.resources, world.chance);
        rebalancing = new Rebalancing(
                new Register(world.database, world.kinds, world.resources, access),
                new Desk(
                        world.database,
                        world.kinds,
                        world.resources,
                        declarations,
                        manifests,
                        new Actions(List.of()),
                        access),
                world.resources,
                world.picture(),
                NONE,
                world.clock,
                world.chance);
    }

    @Test
    void roomIsMadeForAsManyAsAreWanted() {
        var all = propose(new Aim("make-room", Optional.of("four"), Optional.empty(), List.of(), 100));
        assertThat(all.before()).isZero();
        assertThat(all.after()).isEqualTo(3);
        assertThat(all.moves()).hasSizeBetween(3, 4);
        var one = propose(new Aim("make-room", Optional.of("four"), Optional.of(1), List.of(), 100));
        assertThat(one.after()).isEqualTo(1);
        assertThat(one.moves()).hasSize(1);
        var few = propose(new Aim("make-room", Optional.of("four"), Optional.empty(), List.of(), 2));
        assertThat(few.moves()).hasSize(2);
        begin("make-room", all);
        untilEnded();
        for (int at = 1; at <= 3; at++)
            world.apply("{kind: Instance, name: big-%d, spec: {flavor: four, image: micro}}".formatted(at));
        world.steps(8);
        assertThat(world.running()).hasSize(9);
    }

    @Test
    void eachGoalIsCarriedOutAndCanBeStopped() {
        for (var aim : List.of(
                Aim.of("even-load"),
                Aim.of("empty-hosts"),
                new Aim("evacuate", Optional.empty(), Optional.empty(), List.of("server/a2"), 100),
                new Aim("make-room", Optional.of("four"), Optional.empty(), List.of(), 100))) {
            var proposal = propose(aim);
            if (proposal.moves().isEmpty()) continue;
            begin(aim, proposal);
            rebalancing.stop(ADMIN);
            untilEnded();
            assertThat(rebalancing.show(ADMIN).stopped()).isTrue();
            assertThat(rebalancing.show(ADMIN).moves())
                    .allMatch(move -> move.state().equals("dropped"));
            var again = propose(aim);
            assertThat(again).isEqualTo(proposal);
            begin(aim, again);
            untilEnded();
            assertThat(rebalancing.show(ADMIN).moves())
                    .allMatch(move -> move.state().equals("done"));
            assertThat(propose(aim).before()).isEqualTo(proposal.after());
        }
        assertThat(world.running()).hasSize(6);
    }

    @Test
    void serverThatIsDrainedIsEmptiedAsEvacuationPlansIt() {
        server("a1", "cordoned");
        world.steps(2);
        var evacuation = propose(new Aim("evacuate", Optional.empty(), Optional.empty(), List.of("server/a1"), 100));
        assertThat(evacuation.moves()).hasSize(2);
        server("a1", "draining");
        world.steps(2);
        var listed = world.database.read(tx -> MoveLists.moves(tx, uid("a1")));
        var planned = new ArrayList<String>();
        for (var move : evacuation.moves())
            planned.add(world.instance(move.instance().substring("default/".length()))
                            .uid() + " " + move.to());
        assertThat(listed).extracting(move -> move.instance() + " " + move.to()).isEqualTo(planned);
    }

    @Test
    void rackOfAllServersLeavesNowhereToGo() {
        var plan = propose(new Aim("evacuate", Optional.empty(), Optional.empty(), List.of("rack/r1"), 100));
        assertThat(plan.before()).isEqualTo(6);
        assertThat(plan.after()).isEqualTo(6);
        assertThat(plan.moves()).isEmpty();
    }

    @Test
    void moveGoesToTheNodesItWasPlannedFor() {
        var vm = world.instances().getFirst();
        var to = vm.status().host().orElseThrow().equals("a1") ? "a2" : "a1";
        for (int node = 1; node >= 0; node--) {
            var name = node == 1 ? to : "a3";
            rebalancing.begin(ADMIN, byHand(new Move("default/" + vm.name(), name, List.of(node))));
            untilEnded();
            assertThat(world.instance(vm.name()).status().host()).contains(name);
            assertThat(place(vm.uid()).takes().getFirst().slot()).isEqualTo(Slot.threads(node));
            if (to.equals("a3") || vm.status().host().orElseThrow().equals("a3")) return;
        }
    }

    @Test
    void aimsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> propose(Aim.of("tidy")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("expected one of empty-hosts, evacuate, even-load, make-room");
        assertThatThrownBy(() -> propose(Aim.of("make-room"))).hasMessageContaining("the name of a flavor");
        assertThatThrownBy(() -> propose(Aim.of("evacuate"))).hasMessageContaining("such as server/par1-h07");
        assertThatThrownBy(() ->
                        propose(new Aim("evacuate", Optional.empty(), Optional.empty(), List.of("server/a9"), 100)))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> propose(new Aim("even-load", Optional.of("four"), Optional.empty(), List.of(), 9)))
                .hasMessageContaining("none for even-load");
    }

    @Test
    void withoutASolverTheHeuristicsMovesStand() {
        var aim = new Aim("make-room", Optional.of("four"), Optional.empty(), List.of(), 100);
        var asked = rebalancing.propose(ADMIN, aim, Duration.ofSeconds(1));
        assertThat(asked.notImproved()).contains("there is none here");
        assertThat(asked.moves()).isEqualTo(propose(aim).moves());
    }

    private Proposal propose(Aim aim) {
        return rebalancing.propose(ADMIN, aim, Duration.ZERO);
    }

    private void begin(String goal, Proposal proposal) {
        begin(new Aim(goal, Optional.of("four"), Optional.empty(), List.of(), 100), proposal);
    }

    private void begin(Aim aim, Proposal proposal) {
        rebalancing.begin(
                ADMIN,
                new Wanted(
                        Optional.of(aim.goal()),
                        aim.flavor(),
                        aim.count(),
                        aim.from(),
                        Optional.of(aim.most()),
                        Optional.of(proposal.number()),
                        List.of()));
    }

    private static Wanted byHand(Move move) {
        return new Wanted(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(move));
    }

    private void untilEnded() {
        for (int step = 0; step < 200; step++) {
            if (rebalancing.show(ADMIN).ended().isPresent()) return;
            world.step();
            world.reckoning.assertNothingRunsTwice();
            world.reckoning.assertNoHostIsOversold();
        }
        assertThat(rebalancing.show(ADMIN).toString() + world.story()).isEqualTo("ended");
    }

    private regie.placement.Place place(UUID instance) {
        return Check.present(world.database
                        .read(tx -> Ledger.allocations(tx, List.of(instance)))
                        .get(instance))
                .held();
    }

    private UUID uid(String server) {
        return world.database
                .read(tx -> world.resources.get(tx, Servers.KIND, Servers.KIND.key("", server)))
                .uid();
    }

    private void server(String name, String state) {
        world.apply("""
                kind: Server
                name: %s
                spec:
                  site: a
                  rack: r1
                  hypervisor: simulated
                  state: %s
                  numa: [{threads: 4, memoryMiB: 4096}, {threads: 4, memoryMiB: 4096}]
                  disks: [{name: d, sizeGiB: 40}]
                """.formatted(name, state));
    }
}
