package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.agent.contract.Claim;
import regie.compute.InstanceStatus.Stage;
import regie.engine.simulated.Faults;
import regie.estate.ServerSpec;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.testing.Database;

/**
 * Goal: no order of killed guests, power cuts, broken lines, late messages, restarts of the room, moves, servers that are closed or
 * emptied, hosts whose power is gone and that are declared dead and come back with what ran there, fleets that come and go and other changes of mind runs a guest twice or oversells a host; calm brings everything that
 * is wanted, claims are what stands, and nothing is left of what is gone. Method: the production planner, loops and ledger on a real
 * database, simulated hosts, virtual time, one seed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StormTest {
    private static final int SEEDS = 120;
    private static final int STORM_TICKS = 25;
    private static final int CALM_TICKS_MAX = 300;
    private static final int SILENT_MILLIS = 6_000;
    private static final int MEMBERS_MAX = 5;
    private static final int SURGE = 3;
    private static final List<String> SERVERS = List.of("a1", "a2", "b1", "b2");

    private static final List<ServerSpec.State> STATES = List.of(
            ServerSpec.State.CORDONED,
            ServerSpec.State.DRAINING,
            ServerSpec.State.SCHEDULABLE,
            ServerSpec.State.SCHEDULABLE);

    private static final List<Faults.Moves> MOVES = List.of(Faults.Moves.values());

    private final DataSource source;

    StormTest(@Database(World.Rooms.class) DataSource source) {
        this.source = source;
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stormNeverRunsAGuestTwiceAndCalmConverges(long seed) throws SQLException {
        new Storm(World.fresh(source, seed), seed).run();
    }

    @Test
    void oneSeedRunTwiceGivesTheSameStory() throws SQLException {
        assertThat(new Storm(World.fresh(source, 7), 7).run()).isEqualTo(new Storm(World.fresh(source, 7), 7).run());
    }

    private static final class Storm {
        private final World world;
        private final SplittableRandom dice;
        private final List<String> story = new ArrayList<>();
        /** What is wanted at the end, kept apart from all that is judged: names of instances with their power, and the fleet's size. */
        private final Map<String, String> wantedPower = new TreeMap<>();

        private int wantedMembers = 3;
        private String wantedImage = "micro";
        private boolean paused;
        private int resumes;
        private int restarts = 1;
        private int reserved;
        private boolean wantsFleet = true;
        private int made;

        Storm(World world, long seed) {
            this.world = world;
            this.dice = new SplittableRandom(seed * 31);
        }

        String run() {
            open();
            for (int tick = 0; tick < STORM_TICKS; tick++) {
                strike();
                world.step();
                judge();
            }
            calm();
            return String.join("\n", story);
        }

        private void open() {
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
                    name: b[1-2]
                    spec: {site: b, hypervisor: simulated, numa: [{threads: 3, memoryMiB: 2048}], disks: [{name: d, sizeGiB: 40}]}
                    ---
                    kind: Network
                    name: a
                    spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.40}}
                    ---
                    kind: Network
                    name: b
                    spec: {site: b, cidr: 10.2.0.0/24, gateway: 10.2.0.1, range: {first: 10.2.0.10, last: 10.2.0.40}}
                    ---
                    {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}}
                    ---
                    {kind: Flavor, name: large, spec: {vcpus: 2, memoryMiB: 1024, diskGiB: 2}}
                    ---
                    {kind: Image, name: micro, spec: {boot: kernel}}
                    ---
                    {kind: Image, name: macro, spec: {boot: kernel}}
                    """);
            fleet();
            world.step();
            SERVERS.forEach(world::attend);
            world.imageIsReady("micro");
            declareOne();
            declareOne();
            world.imageIsReady("macro");
        }

        private void fleet() {
            world.apply("""
                    kind: Fleet
                    name: web
                    spec:
                      count: %d
                      maximum: %d
                      surge: "%d"
                      template: {flavor: small, image: %s}
                      antiAffinity: {over: host}
                      breaker: {failures: 3}
                      rollout: {wave: "2", settleSeconds: 1}
                      paused: %s
                      resumes: %d
                      restart: {number: %d, wave: "2"}
                    """.formatted(wantedMembers, MEMBERS_MAX, SURGE, wantedImage, paused, resumes, restarts));
        }

        private void strike() {
            var server = SERVERS.get(dice.nextInt(SERVERS.size()));
            var hypervisor = world.hypervisor(server);
            switch (dice.nextInt(24)) {
                case 0 -> hypervisor.crash();
                case 1, 2 -> hypervisor.restart();
                case 3 -> world.breakLine(server);
                case 4, 5 -> comeBack(server);
                case 6 -> world.startRoom();
                case 7 -> killOne();
                case 8 -> changeFleet();
                case 9 -> declareOne();
                case 10 -> changeOne();
                case 11, 12, 13 -> moveOne();
                case 14 ->
                    hypervisor.suffer(Faults.NONE
                            .moveMillis(dice.nextInt(4) * 100L)
                            .moves(MOVES.get(dice.nextInt(MOVES.size()))));
                case 15, 16 -> world.serverInto(STATES.get(dice.nextInt(STATES.size())), server);
                case 17 -> reserve(dice.nextInt(4));
                case 18, 19 -> die(server);
                case 20, 21 -> changeMembers();
                case 22 -> world.step(SILENT_MILLIS);
                default -> {
                    hypervisor.restart();
                    world.serverInto(ServerSpec.State.SCHEDULABLE, server);
                    comeBack(server);
                }
            }
        }

        /** Its power is gone, and once it was not heard for so long that it is silent, its operator says that it is dead. */
        private void die(String server) {
            world.powerOff(server);
            world.step(SILENT_MILLIS);
            judge();
            world.serverInto(ServerSpec.State.DEAD, server);
        }

        private void reserve(int count) {
            reserved = count;
            world.apply(
                    "{kind: Reservation, name: soon, spec: {flavor: small, count: %d, until: '2030-01-01T00:00:00Z'}}"
                            .formatted(count));
        }

        /** One that is deleted is declared again under its name only once nothing is left of it. */
        private void changeFleet() {
            if (wantsFleet && dice.nextInt(3) == 0) {
                wantsFleet = false;
                world.deleteFleet("web");
            } else if (wantsFleet || !world.hasFleet("web")) {
                wantsFleet = true;
                wantedMembers = dice.nextInt(MEMBERS_MAX + 1);
                fleet();
            }
        }

        /** Another template, a restart, a pause, or all is well again. */
        private void changeMembers() {
            if (!wantsFleet) return;
            switch (dice.nextInt(5)) {
                case 0, 1 -> wantedImage = wantedImage.equals("micro") ? "macro" : "micro";
                case 2 -> restarts++;
                case 3 -> paused = !paused;
                default -> resumes++;
            }
            fleet();
        }

        private void comeBack(String server) {
            if (!world.hypervisor(server).silent()) world.attend(server);
        }

        private void killOne() {
            var running = world.running().keySet().stream().sorted().toList();
            if (running.isEmpty()) return;
            var victim = running.get(dice.nextInt(running.size()));
            world.hypervisors.values().forEach(each -> each.kill(victim));
        }

        private void moveOne() {
            var running = world.instances().stream()
                    .filter(each -> each.status().stage() == Stage.RUNNING && !each.deleting())
                    .toList();
            if (running.isEmpty()) return;
            var name = running.get(dice.nextInt(running.size())).name();
            if (dice.nextInt(5) == 0) world.stay(name);
            else
                world.migrate(
                        name,
                        dice.nextBoolean() ? Optional.empty() : Optional.of(SERVERS.get(dice.nextInt(SERVERS.size()))));
        }

        private void declareOne() {
            if (wantedPower.size() >= 4) return;
            declare("vm-" + ++made, "on", "small");
        }

        private void changeOne() {
            if (wantedPower.isEmpty()) return;
            var name = List.copyOf(wantedPower.keySet()).get(dice.nextInt(wantedPower.size()));
            if (dice.nextInt(4) == 0) {
                wantedPower.remove(name);
                world.deleteInstance(name);
            } else {
                declare(name, dice.nextBoolean() ? "on" : "off", dice.nextInt(3) == 0 ? "large" : "small");
            }
        }

        private void declare(String name, String power, String flavor) {
            wantedPower.put(name, power);
            var otherwise = dice.nextBoolean() ? "rebuild" : "hold";
            world.apply(
                    "{kind: Instance, name: %s, spec: {flavor: %s, image: micro, power: %s, recovery: {otherwise: %s}}}"
                            .formatted(name, flavor, power, otherwise));
        }

        private void judge() {
            story.add(world.story());
            world.reckoning.assertNothingRunsTwice();
            world.reckoning.assertNoHostIsOversold();
            assertThat(world.refusals.stream().filter(words -> words.contains("can give")))
                    .as("overfull wishes")
                    .isEmpty();
            assertThat(places()).as("reserved places").isLessThanOrEqualTo(Math.max(reserved, 3));
            var members = world.instances().stream()
                    .filter(each -> each.owner().isPresent())
                    .count();
            assertThat(members).as("members in every state").isLessThanOrEqualTo(MEMBERS_MAX + SURGE);
        }

        private void calm() {
            SERVERS.forEach(server -> world.hypervisor(server).suffer(Faults.NONE));
            SERVERS.forEach(server -> world.hypervisor(server).restart());
            SERVERS.forEach(server -> world.serverInto(ServerSpec.State.CORDONED, server));
            SERVERS.forEach(world::attend);
            world.step(); // whoever came back too often has been looked at
            SERVERS.forEach(server -> world.serverInto(ServerSpec.State.SCHEDULABLE, server));
            paused = false;
            if (wantsFleet && world.hasFleet("web")) fleet();
            for (int tick = 0; tick < CALM_TICKS_MAX; tick++) {
                if (converged() && unsettled().isEmpty()) return;
                sayThatAllIsWell();
                world.step(1_000);
                judge();
            }
            assertThat(unsettled()).as("after %d calm ticks", CALM_TICKS_MAX).isEmpty();
            assertThat(world.story())
                    .as("after %d calm ticks; the fleet: %s", CALM_TICKS_MAX, wantsFleet ? world.fleet("web") : "gone")
                    .isEqualTo("converged");
        }

        /** What an operator does where the breaker opened. */
        private void sayThatAllIsWell() {
            if (!wantsFleet || !world.hasFleet("web")) return;
            var holds = world.fleet("web").status().holds();
            if (holds.stream()
                    .noneMatch(hold -> List.of("breaker-open", "rolled-back").contains(hold.code()))) return;
            resumes++;
            fleet();
        }

        private List<String> unsettled() {
            var left = new ArrayList<>(world.reckoning.leftBehind());
            left.addAll(world.reckoning.claimedOtherwise());
            return left;
        }

        private int places() {
            return world.database
                    .read(tx -> tx.query("select place from compute.reserved", row -> row.uuid("place")))
                    .size();
        }

        /** As many places as are wanted, or no room for one more. */
        private boolean reservedInTruth() {
            int places = places();
            return places == reserved
                    || (places < reserved
                            && SERVERS.stream()
                                    .noneMatch(server -> new Claim(1, 512, 1).fits(world.reckoning.left(server))));
        }

        /** Everything wanted runs or is off; what has to wait for room really has none. */
        private boolean converged() {
            var instances = world.instances();
            var members =
                    instances.stream().filter(each -> each.owner().isPresent()).toList();
            var singles = new TreeMap<String, String>();
            int running = 0;
            for (var each : instances) {
                var stage = each.status().stage();
                if (!(stage == Stage.RUNNING || stage == Stage.STOPPED) && !waitsForRoomInTruth(each)) return false;
                if (each.status().migration().isPresent()) return false;
                if (waits(each) && !waitsForRoomInTruth(each)) return false;
                if (stage == Stage.RUNNING) running++;
                if (each.owner().isEmpty())
                    singles.put(each.name(), Json.name(each.spec().power()));
            }
            boolean crowded = instances.stream().anyMatch(StormTest.Storm::waits);
            return reservedInTruth()
                    && (crowded || !wantsFleet || renewed(members))
                    && members.size() == (wantsFleet ? wantedMembers : 0)
                    && world.hasFleet("web") == wantsFleet
                    && Objects.equals(singles, wantedPower)
                    && world.running().size() == running;
        }

        /** All members have the wanted template, and nothing of the fleet is under way. */
        private boolean renewed(List<Declared<InstanceSpec, InstanceStatus>> members) {
            var fleet = world.fleet("web");
            return !fleet.status().underWay()
                    && fleet.status().holds().isEmpty()
                    && members.stream().allMatch(each -> each.spec().image().equals(wantedImage));
        }

        /** That it was not moved is told, and nothing waits for it. */
        private static boolean waits(Declared<InstanceSpec, InstanceStatus> instance) {
            return instance.status().holds().stream()
                    .anyMatch(hold -> !hold.code().equals("migration-failed"));
        }

        private boolean waitsForRoomInTruth(Declared<InstanceSpec, InstanceStatus> instance) {
            if (!instance.status().holds().stream().allMatch(hold -> hold.code().equals("no-room"))) return false;
            boolean large = instance.spec().flavor().equals("large");
            boolean placed = instance.status().host().isPresent();
            // a machine that is to grow on its host needs the difference there; one without a place needs all of it
            // anywhere
            var needed = placed ? new Claim(1, 512, 1) : large ? new Claim(2, 1024, 2) : new Claim(1, 512, 1);
            return SERVERS.stream()
                    .filter(server -> !placed || instance.status().host().get().equals(server))
                    .noneMatch(server -> needed.fits(world.reckoning.left(server)));
        }
    }
}
