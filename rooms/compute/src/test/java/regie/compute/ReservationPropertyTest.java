package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.kernel.Actor;
import regie.testing.Database;

/**
 * Goal: whatever comes and goes, a reservation has never more places than it wants, none has two holders, what is taken of hosts and
 * of quotas is what stands there, and in calm it has all its places or there is no room. Method: random reservations, fleets,
 * quotas, cordons, deaths of the room and leaps of time; the books are kept by sums of their own over the rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservationPropertyTest {
    private static final int SEEDS = 12;
    private static final int STRIKES = 18;
    private static final int CALM = 30;
    private static final List<String> SERVERS = List.of("a1", "a2", "b1");
    private static final List<String> PROJECTS = List.of("default", "other");
    private static final int THREADS = 6;
    /** Threads of one machine. */
    private static final int SMALL = 2;

    private final DataSource source;

    ReservationPropertyTest(@Database(World.Rooms.class) DataSource source) {
        this.source = source;
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noPlaceIsLostSoldTwiceOrCountedTwice(long seed) throws SQLException {
        new Storm(World.fresh(source, seed), seed).run();
    }

    private static final class Storm {
        private final World world;
        private final SplittableRandom dice;
        /** What is declared, kept apart from all that is judged. */
        private final Map<String, Integer> wanted = new TreeMap<>();

        private final Map<String, String> until = new TreeMap<>();
        private final Map<String, String> states = new TreeMap<>();
        private final Map<String, Integer> quota = new TreeMap<>();
        private final List<String> story = new ArrayList<>();

        Storm(World world, long seed) {
            this.world = world;
            this.dice = new SplittableRandom(seed * 77);
        }

        void run() {
            open();
            try {
                for (int at = 0; at < STRIKES; at++) {
                    strike();
                    world.step();
                    judge();
                }
                for (var server : SERVERS) state(server, "schedulable");
                for (int at = 0; at < CALM; at++) {
                    world.step(1_000);
                    judge();
                }
                judgeCalm();
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + String.join("\n", story), e);
            }
        }

        private void apply(String manifest) {
            story.add(manifest);
            world.apply(manifest);
        }

        private void open() {
            world.apply("""
                    {kind: Site, name: a, spec: {country: FR, city: Paris}}
                    ---
                    {kind: Site, name: b, spec: {country: DE, city: Frankfurt}}
                    ---
                    {kind: Network, name: a, spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.60}}}
                    ---
                    {kind: Network, name: b, spec: {site: b, cidr: 10.2.0.0/24, gateway: 10.2.0.1, range: {first: 10.2.0.10, last: 10.2.0.60}}}
                    ---
                    {kind: Flavor, name: small, spec: {vcpus: 2, memoryMiB: 64}}
                    ---
                    {kind: Image, name: micro, spec: {boot: kernel}}
                    """);
            for (var project : PROJECTS) quota(project, 9);
            for (var server : SERVERS) state(server, "schedulable");
            world.imageIsReady("micro");
            world.step();
            SERVERS.forEach(world::attend);
        }

        private void quota(String project, int most) {
            quota.put(project, most);
            apply("{kind: Project, name: %s, spec: {quota: {instances: %d}}}".formatted(project, most));
        }

        private void state(String server, String state) {
            states.put(server, state);
            apply(
                    "{kind: Server, name: %s, spec: {site: %s, state: %s, hypervisor: simulated, numa: [{threads: %d, memoryMiB: 4096}], disks: [{name: d, sizeGiB: 40}]}}"
                            .formatted(server, server.substring(0, 1), state, THREADS));
        }

        private void strike() {
            var project = PROJECTS.get(dice.nextInt(PROJECTS.size()));
            var server = SERVERS.get(dice.nextInt(SERVERS.size()));
            switch (dice.nextInt(12)) {
                case 0, 1, 2 -> reserve(project + "/" + (dice.nextBoolean() ? "one" : "two"), dice.nextInt(5));
                case 3 -> forget();
                case 4, 5, 6 ->
                    apply(
                            "{kind: Fleet, project: %s, name: web, spec: {count: %d, template: {flavor: small, image: micro%s}}}"
                                    .formatted(project, dice.nextInt(6), dice.nextInt(3) == 0 ? ", site: a" : ""));
                case 7 -> state(server, "cordoned");
                case 8 -> state(server, "schedulable");
                case 9 -> quota(project, 2 + dice.nextInt(8));
                case 10 -> {
                    story.add("half an hour goes by");
                    world.clock.advanceMillis(1_800_000);
                }
                default -> {
                    story.add("the room dies");
                    world.startRoom();
                    SERVERS.forEach(world::attend);
                }
            }
        }

        private void reserve(String name, int count) {
            wanted.put(name, count);
            until.put(name, world.clock.now().plusSeconds(3_600).toString());
            apply("{kind: Reservation, project: %s, name: %s, spec: {flavor: small, count: %d, until: '%s'}}"
                    .formatted(project(name), plain(name), count, until.get(name)));
        }

        private void forget() {
            if (wanted.isEmpty()) return;
            var name = wanted.keySet().iterator().next();
            wanted.remove(name);
            story.add("delete " + name);
            world.database.change(Actor.ROOM, tx -> {
                var key = Compute.RESERVATION.key(project(name), plain(name));
                world.resources
                        .find(tx, Compute.RESERVATION, key)
                        .ifPresent(found -> world.resources.delete(tx, Compute.RESERVATION, List.of(found.uid())));
            });
            world.steps(2); // until its name is free again
        }

        private static String project(String name) {
            return name.substring(0, name.indexOf('/'));
        }

        private static String plain(String name) {
            return name.substring(name.indexOf('/') + 1);
        }

        private boolean lasts(String name) {
            return world.clock.now().toString().compareTo(until.getOrDefault(name, "")) < 0;
        }

        private record Places(int free, int used) {}

        private Map<String, Places> places() {
            var places = new TreeMap<String, Places>();
            world.database.read(tx -> tx.query(
                    """
                    select r.project || '/' || r.name as name, count(*) filter (where server is not null) as free,
                           count(*) filter (where user_instance is not null) as used
                      from compute.reserved join kernel.resource r on r.uid = reservation group by r.project, r.name
                    """, row -> places.put(row.text("name"), new Places(row.integer("free"), row.integer("used")))));
            return places;
        }

        private void judge() {
            world.reckoning.assertNothingRunsTwice();
            world.reckoning.assertNoHostIsOversold();
            assertThat(count("""
                    select count(*) as n from compute.reserved r join compute.reservation v on v.uid = r.reservation
                      join compute.allocation a on a.instance = r.user_instance
                     where a.project <> v.pattern ->> 'project'
                    """)).as("places used by another project").isZero();
            for (var project : PROJECTS)
                assertThat(count("select coalesce(sum(used), 0)::bigint as n from compute.usage"
                                + " where resource = 'instances' and project = '%s'".formatted(project)))
                        .as("what %s has", project)
                        .isEqualTo(count("""
                                select (select count(*) from compute.allocation where project = '%1$s')
                                     + (select count(*) from compute.reserved where seated #>> '{guest,project}' = '%1$s') as n
                                """.formatted(project)));
        }

        private long count(String sql) {
            return world.database.read(
                    tx -> tx.first(sql, row -> row.number("n")).orElseThrow());
        }

        private void judgeCalm() {
            var places = places();
            boolean room = SERVERS.stream()
                    .anyMatch(server -> world.reckoning.left(server).vcpus() >= SMALL);
            wanted.forEach((name, count) -> {
                var has = places.getOrDefault(name, new Places(0, 0));
                if (!lasts(name)) {
                    assertThat(has.free()).as("%s has expired", name).isZero();
                    return;
                }
                var project = project(name);
                boolean quotaLeft = count("select coalesce(sum(used), 0)::bigint as n from compute.usage"
                                + " where resource = 'instances' and project = '%s'".formatted(project))
                        < quota.getOrDefault(project, 0);
                int all = has.free() + has.used();
                if (room && quotaLeft) assertThat(all).as("places of %s", name).isEqualTo(count);
                else assertThat(all).as("places of %s", name).isLessThanOrEqualTo(count);
            });
            assertThat(places.keySet()).as("none that is not declared").isSubsetOf(wanted.keySet());
            long waiting = world.instances().stream()
                    .filter(each -> each.status().host().isEmpty() && !each.deleting())
                    .filter(each -> each.spec().site().isEmpty())
                    .filter(each -> places.entrySet().stream()
                            .anyMatch(entry -> entry.getKey().startsWith(each.project() + "/")
                                    && entry.getValue().free() > 0
                                    && lasts(entry.getKey())))
                    .count();
            assertThat(waiting)
                    .as("machines that wait beside a free place of their own")
                    .isZero();
        }
    }
}
