package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.continuity.MaintenanceStatus.Phase;
import regie.estate.ServerSpec.State;
import regie.kernel.Action.Nothing;
import regie.testing.Database;

/**
 * Goal: a site is rolled through whatever happens to the control room: killed at any step, it goes on, no machine is down or runs
 * twice at any moment, never more servers are out than are allowed, and calm brings every server back. Method: the production
 * planner, loops and ledger on a real database, simulated hosts whose power is really cut while they are worked on, virtual time, one
 * seed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaintenanceStormTest {
    private static final int SEEDS = 3;
    private static final int STEPS_MAX = 1_500;
    private static final List<String> SERVERS = List.of("h1", "h2", "h3", "h4");

    private final DataSource source;

    MaintenanceStormTest(@Database(Ground.Rooms.class) DataSource source) {
        this.source = source;
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void siteIsRolledThroughHoweverOftenTheRoomIsKilled(long seed) throws SQLException {
        new Storm(MaintenanceWorld.fresh(source, seed), seed).run();
    }

    @Test
    void oneSeedRunTwiceGivesTheSameStory() throws SQLException {
        assertThat(new Storm(MaintenanceWorld.fresh(source, 3), 3).run())
                .isEqualTo(new Storm(MaintenanceWorld.fresh(source, 3), 3).run());
    }

    private static final class Storm {
        private final MaintenanceWorld world;
        private final SplittableRandom dice;
        private final List<String> story = new ArrayList<>();
        private final TreeMap<String, Integer> darkFor = new TreeMap<>();
        private final int atOnce;
        private int kills;

        Storm(MaintenanceWorld world, long seed) {
            this.world = world;
            this.dice = new SplittableRandom(seed * 31);
            this.atOnce = 1 + dice.nextInt(2);
        }

        String run() {
            open();
            world.apply("{kind: Maintenance, name: m, spec: {scope: {site: a}, atOnce: %d, verifySeconds: 30}}"
                    .formatted(atOnce));
            for (int step = 0; step < STEPS_MAX; step++) {
                if (status().phase() == Phase.DONE) return end();
                strike();
                world.step(100 + dice.nextInt(400));
                judge();
            }
            throw new AssertionError("it does not end: " + status() + story);
        }

        private void open() {
            world.apply("""
                    {kind: Site, name: a, spec: {country: FR, city: Paris}}
                    ---
                    kind: Server
                    name: h[1-4]
                    spec: {site: a, hypervisor: simulated, numa: [{threads: 6, memoryMiB: 8192}], disks: [{name: d, sizeGiB: 40}]}
                    ---
                    kind: Network
                    name: a
                    spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.90}}
                    ---
                    {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}}
                    ---
                    {kind: Image, name: micro, spec: {boot: kernel}}
                    """);
            world.imageIsReady("micro");
            world.steps(1);
            SERVERS.forEach(world::attend);
            for (int at = 1; at <= 5; at++)
                world.apply(
                        "{kind: Instance, name: vm-%d, spec: {flavor: small, image: micro, placement: {survives: [host]}}}"
                                .formatted(at));
            for (int at = 1; at <= 2; at++)
                world.apply(
                        "{kind: Instance, name: db-%d, spec: {flavor: small, image: micro, group: db, antiAffinity: {over: host}}}"
                                .formatted(at));
            for (int step = 0; step < 40 && machines() < 7; step++) world.steps(1);
            assertThat(machines()).isEqualTo(7);
        }

        private MaintenanceStatus status() {
            return world.maintenance("m").status();
        }

        /** Whoever works on a server cuts its power and brings it back; meanwhile the room dies as it likes. */
        private void strike() {
            for (var host : status().hosts()) {
                boolean working = host.stage() == MaintenanceStage.WORKING;
                if (working && !darkFor.containsKey(host.name())) {
                    if (dice.nextInt(3) > 0) continue;
                    world.powerOff(host.name());
                    darkFor.put(host.name(), 5 + dice.nextInt(30));
                    note("dark " + host.name());
                } else if (host.stage() == MaintenanceStage.FAILED && dice.nextInt(10) == 0) {
                    world.act("m", "resume", new Nothing());
                    note("resume");
                    return;
                }
            }
            for (var dark : List.copyOf(darkFor.entrySet())) {
                darkFor.put(dark.getKey(), dark.getValue() - 1);
                if (dark.getValue() != 0) continue;
                world.powerOn(dark.getKey());
                world.steps(3);
                world.act("m", "done", new MaintenanceActions.Done(Optional.of(dark.getKey())));
                note("done " + dark.getKey());
            }
            if (dice.nextInt(6) == 0) {
                world.startRoom();
                kills++;
                note("the room is killed");
            }
        }

        /** By what the simulated hosts say, and not the room. */
        private void judge() {
            var running = world.running();
            var all = running.values().stream().flatMap(List::stream).sorted().toList();
            assertThat(all)
                    .as("each runs once, at every moment: %s", story)
                    .containsExactly("db-1", "db-2", "vm-1", "vm-2", "vm-3", "vm-4", "vm-5");
            assertThat(running.values()).noneMatch(some -> some.contains("db-1") && some.contains("db-2"));
            var out = SERVERS.stream()
                    .filter(name -> world.state(name) != State.SCHEDULABLE)
                    .toList();
            assertThat(out.size()).as("out: %s", out).isLessThanOrEqualTo(atOnce);
        }

        private String end() {
            assertThat(SERVERS).allMatch(name -> world.state(name) == State.SCHEDULABLE);
            assertThat(status().hosts())
                    .extracting(MaintenanceStatus.Server::stage)
                    .containsOnly(MaintenanceStage.DONE);
            assertThat(kills).isPositive();
            return String.join("\n", story) + world.running();
        }

        private int machines() {
            return world.running().values().stream().mapToInt(List::size).sum();
        }

        private void note(String what) {
            story.add(what);
        }
    }
}
