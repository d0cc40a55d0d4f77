package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Report;
import regie.engine.simulated.SimulatedHypervisor;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.WorkQueue;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** Several servers on one database, none of them chosen; and neighbours who take names and room that others count on. */
class EqualServersTest {
    private static final int HOSTS = 12;
    private static final String ESTATE = """
            {kind: Site, name: par1, spec: {country: FR, city: Paris}}
            ---
            kind: Server
            name: par1-h[01-12]
            spec: {site: par1, hypervisor: simulated, numa: [{threads: 10, memoryMiB: 8192}], disks: [{name: a, sizeGiB: 100}]}
            ---
            kind: Network
            name: par1
            spec: {site: par1, cidr: 10.1.0.0/16, gateway: 10.1.0.1, range: {first: 10.1.1.0, last: 10.1.9.255}}
            ---
            {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 64}}
            ---
            {kind: Image, name: micro, spec: {boot: kernel}}
            """;

    private TestDatabase source;
    private World world;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        this.source = source;
        world = new World(source.dataSource(), 1);
        world.apply(ESTATE);
        world.imageIsReady("micro");
        world.step();
    }

    private static List<String> hostNames() {
        return IntStream.rangeClosed(1, HOSTS).mapToObj("par1-h%02d"::formatted).toList();
    }

    private static String fleet(String name, int count) {
        return "{kind: Fleet, name: %s, spec: {count: %d, template: {flavor: small, image: micro}}}\n---\n"
                .formatted(name, count);
    }

    private Database another() {
        return new Database(source.dataSource(), new Hints());
    }

    private long count(String sql) {
        return another().read(tx -> tx.first(sql, row -> row.number("n")).orElseThrow());
    }

    /** Room, by the database's own sum: declared threads less what the hosts keep for themselves. */
    private long vcpus() {
        return count("select sum(total) as n from compute.slot where slot like 'threads@%'");
    }

    @Test
    void twoLoopsPlaceExactlyWhatFits() throws Exception {
        hostNames().forEach(world::attend);
        world.steps(2);
        long room = vcpus();
        assertThat(room).isLessThan(200);
        world.apply(fleet("a", 50)
                + fleet("b", 50)
                + fleet("c", 50)
                + fleet("d", 50).replace("---\n", ""));
        var full = new AtomicBoolean();
        Together.run(4, at -> {
            if (at < 2) place("server-" + at, at, full, room);
            else report(at, full);
            return true;
        });
        assertThat(count("select count(*) as n from compute.allocation")).isEqualTo(room);
        assertThat(count("select count(*) as n from kernel.resource where kind = 'Instance'"))
                .isEqualTo(200);
        assertThat(count("select count(*) as n from compute.slot where slot like 'threads@%' and claimed <> total"))
                .isZero();
        assertThat(count("""
                select count(*) as n from compute.slot s where claimed <> coalesce(
                  (select sum(amount) from compute.claim c where c.server = s.server and c.slot = s.slot), 0)
                """)).isZero();
        assertThat(count("select count(distinct host(ip)) as n from network.address"))
                .isEqualTo(room);
        assertThat(source.deadlocks()).isZero();
    }

    private void place(String server, int seed, AtomicBoolean full, long room) {
        var loop = new ComputeLoop(
                another(),
                world.resources,
                new Picture(),
                new WorkQueue(server),
                world.clock,
                Chance.of(new SplittableRandom(seed), world.clock));
        Together.until("all room is taken", () -> {
            loop.pass();
            full.compareAndSet(
                    false,
                    count("select count(*) as n from compute.allocation") == room
                            && count("select count(*) as n from kernel.resource where kind = 'Instance'") == 200);
            return full.get();
        });
        loop.pass();
    }

    /** Meanwhile the hosts tell another server what they run, some at a time and in any order. */
    private void report(int seed, AtomicBoolean full) {
        var database = another();
        var hosts = new Hosts(database, new Wishes(database), new Hints(), world.clock);
        var random = new Random(seed);
        while (!full.get()) {
            var guests = new HashMap<String, List<GuestSeen>>();
            database
                    .read(tx -> tx.query(
                            "select name, instance, epoch from compute.allocation join compute.host using (server)",
                            row -> Map.entry(row.text("name"), running(row.uuid("instance"), row.number("epoch")))))
                    .stream()
                    .collect(Collectors.groupingBy(Map.Entry::getKey))
                    .forEach((host, seen) -> guests.put(
                            host, seen.stream().map(Map.Entry::getValue).toList()));
            for (var host : hostNames()) {
                if (random.nextBoolean())
                    hosts.report(new Report(host, 0, new Claim(10, 8192, 100), guests.getOrDefault(host, List.of())));
            }
            hosts.pass();
        }
    }

    private static GuestSeen running(UUID uid, long epoch) {
        return new GuestSeen(uid, epoch, GuestSeen.State.RUNNING, 0, 0, "");
    }

    @Test
    void whoDeclaresTheNameOfAMemberToComeStopsNobody() {
        hostNames().forEach(world::attend);
        world.apply("{kind: Instance, name: web-2, spec: {flavor: small, image: micro}}");
        world.apply(fleet("web", 3) + fleet("other", 2).replace("---\n", ""));
        world.steps(6);
        assertThat(world.instances().stream().map(instance -> instance.name()))
                .containsExactly("other-1", "other-2", "web-1", "web-2", "web-3", "web-4");
        assertThat(world.instances()).allMatch(instance -> instance.status().stage() == InstanceStatus.Stage.RUNNING);
        assertThat(world.instance("web-2").owner()).isEmpty();
    }

    /** The room believes what was declared; a host that has less runs what it ran and refuses the rest. */
    @Test
    void hostThatHasLessThanDeclaredIsNotOverfilled() {
        var smaller = new Claim(3, 8192, 100);
        world.hypervisors.put("par1-h01", new SimulatedHypervisor("par1-h01", smaller, world.timeline));
        world.attend("par1-h01");
        world.apply(fleet("web", 3).replace("---\n", ""));
        world.steps(6);
        assertThat(world.running()).hasSize(3);
        world.apply(fleet("web", 8).replace("---\n", ""));
        world.steps(6);
        assertThat(world.running()).hasSize(3);
        assertThat(world.refusals).anyMatch(refusal -> refusal.contains("par1-h01 can give 3 vCPU"));
    }
}
