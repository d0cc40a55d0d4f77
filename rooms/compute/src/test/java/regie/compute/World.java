package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import regie.agent.contract.Artifact;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;
import regie.estate.Servers;
import regie.estate.Sites;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declarations;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Migrations;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.WorkQueue;
import regie.network.Networks;
import regie.testing.Schema;

/** The room of compute on a real database, its loops driven by hand, its hosts simulated, its time virtual. */
final class World {
    static final class Rooms implements Schema {
        public Rooms() {}

        @Override
        public void migrate(DataSource database) {
            for (var room : List.of("kernel", "network", "compute")) Migrations.run(database, room);
        }
    }

    static final String IMAGE_BYTES = "a".repeat(64);

    final Kinds kinds = new Kinds(
            Stream.concat(Stream.<Kind<?, ?>>of(Sites.KIND, Servers.KIND, Networks.KIND), Compute.KINDS.stream())
                    .toList());
    final Resources resources = new Resources(kinds);
    final Database database;
    final ManualClock clock = new ManualClock();
    final Chance chance;
    final VirtualTimeline timeline = new VirtualTimeline();
    final Map<String, SimulatedHypervisor> hypervisors = new HashMap<>();
    final Hosts hosts;
    final Wishes wishes;
    private final List<Wish> undelivered = new ArrayList<>();
    private final ServerLoop servers;
    private final ComputeLoop compute;

    World(DataSource source, long seed) {
        var hints = new Hints();
        database = new Database(source, hints);
        chance = Chance.of(new SplittableRandom(seed), clock);
        var work = new WorkQueue("world");
        wishes = new Wishes(database);
        hosts = new Hosts(database, wishes, hints, clock);
        servers = new ServerLoop(database, resources, work);
        compute = new ComputeLoop(database, resources, work, clock, chance);
    }

    void apply(String manifest) {
        var wanted = new Manifests(kinds).read("world.yaml", manifest, "default");
        database.change(Actor.ROOM, tx -> new Declarations(kinds, resources, chance).apply(tx, wanted));
    }

    void imageIsReady(String name) {
        database.change(Actor.ROOM, tx -> {
            var image = resources.get(tx, Compute.IMAGE, Compute.IMAGE.key("", name));
            var files = Stream.of(Artifact.Role.KERNEL, Artifact.Role.INITRD)
                    .map(role -> new Artifact(role, Artifact.Format.RAW, IMAGE_BYTES, 1))
                    .toList();
            resources.report(tx, Compute.IMAGE, Map.of(image.uid(), new ImageStatus(ImageStatus.State.READY, files)));
        });
    }

    /** The agent of a declared server is there, with as much room as it was declared with. */
    void attend(String name) {
        var spec = database.read(tx -> resources.get(tx, Servers.KIND, Servers.KIND.key("", name)))
                .spec();
        var room = new Claim(
                spec.capacity().vcpus(),
                spec.capacity().memoryMiB(),
                spec.capacity().diskGiB());
        var hypervisor = hypervisors.computeIfAbsent(name, _ -> new SimulatedHypervisor(name, room, timeline));
        hypervisor.onChange(() -> report(name));
        hosts.attend(name, undelivered::add);
        report(name);
    }

    /** One turn of everything, in a fixed order. */
    void step() {
        servers.pass();
        compute.pass();
        wishes.pass();
        deliver();
        timeline.advance(100);
        clock.advanceMillis(100);
        hypervisors.keySet().forEach(this::beat);
        hosts.pass();
        makeDue();
    }

    void steps(int count) {
        for (int at = 0; at < count; at++) step();
    }

    List<Declared<InstanceSpec, InstanceStatus>> instances() {
        return database.read(tx -> resources.list(tx, Compute.INSTANCE, Selection.ALL));
    }

    Declared<InstanceSpec, InstanceStatus> instance(String name) {
        return database.read(tx -> resources.get(tx, Compute.INSTANCE, Compute.INSTANCE.key("default", name)));
    }

    Optional<SimulatedHypervisor> hostOf(String instance) {
        return instance(instance).status().host().map(this::hypervisor);
    }

    SimulatedHypervisor hypervisor(String host) {
        return Check.present(hypervisors.get(host));
    }

    /** Guests that run, by host, as the simulated hosts themselves know. */
    Map<UUID, List<String>> running() {
        var running = new HashMap<UUID, List<String>>();
        hypervisors.forEach((host, hypervisor) -> {
            for (var guest : observe(hypervisor)) {
                if (guest.state() != GuestSeen.State.RUNNING && guest.state() != GuestSeen.State.STARTING) continue;
                running.computeIfAbsent(guest.uid(), _ -> new ArrayList<>()).add(host);
            }
        });
        return running;
    }

    void assertNothingRunsTwice() {
        running()
                .forEach(
                        (uid, where) -> assertThat(where).as("hosts of %s", uid).hasSize(1));
    }

    private static List<GuestSeen> observe(SimulatedHypervisor hypervisor) {
        try {
            return hypervisor.observe().guests();
        } catch (EngineFault e) {
            return List.of();
        }
    }

    private void deliver() {
        var now = List.copyOf(undelivered);
        undelivered.clear();
        for (var wish : now) {
            var hypervisor = hypervisor(wish.host());
            if (hypervisor.silent()) continue;
            try {
                hosts.report(hypervisor.apply(wish));
            } catch (WishRefused | EngineFault e) {
                hosts.beat(wish.host()); // the room hears of it as little as it would in life: by the next report
            }
        }
    }

    private void beat(String host) {
        if (!hypervisor(host).silent()) hosts.beat(host);
    }

    void report(String host) {
        try {
            if (!hypervisor(host).silent()) hosts.report(hypervisor(host).observe());
        } catch (EngineFault e) {
            throw new AssertionError(e);
        }
    }

    /** What waits for a later time is due in the next turn: the queue goes by the database's clock, the world by its own. */
    private void makeDue() {
        database.change(Actor.ROOM, tx -> {
            for (var kind : kinds.all()) WorkQueue.hurry(tx, kind.name());
        });
    }

    static final class ManualClock implements Clock {
        private long micros = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() * 1_000;

        void advanceMillis(long millis) {
            micros += millis * 1_000;
        }

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(micros / 1_000).plusNanos(micros % 1_000 * 1_000);
        }

        @Override
        public long nanos() {
            return micros * 1_000;
        }
    }
}
