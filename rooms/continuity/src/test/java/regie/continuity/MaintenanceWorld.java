package regie.continuity;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Vitals;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.compute.Compute;
import regie.compute.ComputeLoop;
import regie.compute.Hosts;
import regie.compute.InstanceSpec;
import regie.compute.InstanceStatus;
import regie.compute.MoveLoop;
import regie.compute.Picture;
import regie.compute.ServerLoop;
import regie.compute.Wishes;
import regie.engine.simulated.Faults;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.kernel.Action;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declarations;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Manifests;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Wanted;
import regie.kernel.WorkQueue;

/** Compute and maintenance on a real database, their loops driven by hand; hosts are simulated, time is virtual. */
final class MaintenanceWorld {
    final Resources resources;
    final Database database;
    final Map<String, SimulatedHypervisor> hypervisors = new TreeMap<>();

    private final Time time = new Time();
    private final Chance chance;
    private final VirtualTimeline timeline = new VirtualTimeline();
    private static final long DOWN_MILLIS = 2_000;
    /** Shorter than in the field, so that less time has to be played. */
    static final DegradedSettings DEGRADED =
            new DegradedSettings(VerdictSettings.DEFAULT, Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final Map<String, Line> lines = new TreeMap<>();
    private final Set<String> down = new TreeSet<>();

    private Hosts hosts;
    private Wishes wishes;
    private ServerLoop servers;
    private ComputeLoop compute;
    private Picture picture;
    private MoveLoop moves;
    private MaintenanceLoop maintenance;
    private VitalsDesk vitals;
    private DegradedLoop degraded;
    /** Names of hosts whose controllers were told to have them boot anew. */
    final List<String> cycled = new ArrayList<>();
    /** Whether the room dies before it says to a controller what it has written down that it will. */
    boolean diesBeforeTelling;

    private final Controllers controllers = new Controllers(hypervisors) {
        @Override
        public void cycle(Target target) throws PowerFault {
            cycled.add(target.name());
            super.cycle(target);
        }
    };

    MaintenanceWorld(DataSource source, long seed) {
        database = new Database(source, new Hints());
        resources = new Resources(Ground.KINDS);
        chance = Chance.of(new SplittableRandom(seed), time);
        startRoom();
    }

    /** On a database that others have used before. */
    static MaintenanceWorld fresh(DataSource source, long seed) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    truncate kernel.resource, kernel.reference, kernel.log, kernel.work, network.address, network.cursor,
                             compute.host, compute.death, compute.allocation, compute.migration, compute.move_list, compute.move, compute.claim,
                             compute.slot, compute.change, compute.usage, compute.reservation, compute.reserved, compute.seen,
                             continuity.maintenance_host, continuity.maintenance_machine, continuity.host_vitals, continuity.degraded cascade
                    """);
        }
        return new MaintenanceWorld(source, seed);
    }

    /** The control room is started, or was killed and is started again: what it had in memory is gone, and all lines with it. */
    void startRoom() {
        var hints = new Hints();
        var work = new WorkQueue("world");
        wishes = new Wishes(database);
        hosts = new Hosts(database, wishes, hints, time);
        hosts.expectThoseHeardBefore();
        servers = new ServerLoop(database, resources, work);
        picture = new Picture();
        moves = new MoveLoop(database, picture, time);
        compute = new ComputeLoop(database, resources, picture, work, time, chance);
        var switches = new Switches(Map.of(ServerSpec.Protocol.REDFISH, controllers), Path.of("/nonexistent"));
        var desk = new RebootDesk(database, switches, time, word -> {
            if (!diesBeforeTelling) word.run();
        });
        maintenance = new MaintenanceLoop(database, resources, picture, work, desk, time);
        vitals = new VitalsDesk(database, time);
        degraded = new DegradedLoop(database, resources, DEGRADED, time, chance);
        var attending = List.copyOf(lines.keySet());
        lines.clear();
        attending.forEach(this::attend);
    }

    void apply(String manifest) {
        var wanted = new Manifests(Ground.KINDS).read("world.yaml", manifest, "default");
        database.change(Actor.ROOM, tx -> new Declarations(Ground.KINDS, resources, chance, time).apply(tx, wanted));
    }

    void imageIsReady(String name) {
        Ground.imageIsReady(database, resources, name);
    }

    /** The agent of a declared server is there. */
    void attend(String name) {
        var capacity = server(name).spec().capacity();
        var room = new Claim(capacity.vcpus(), capacity.memoryMiB(), capacity.diskGiB());
        var hypervisor =
                hypervisors.computeIfAbsent(name, _ -> new SimulatedHypervisor(name, room, List.of(), timeline));
        hypervisor.meet(other -> Optional.ofNullable(hypervisors.get(other)));
        hypervisor.onChange(() -> report(name));
        var line = new Line();
        lines.put(name, line);
        hosts.attend(name, line);
        vitals.attend(name, boot -> {
            if (hypervisor.boot().equals(boot)) hypervisor.reboot(DOWN_MILLIS);
        });
        report(name);
    }

    /** Its power is cut: what runs there ends. */
    void powerOff(String name) {
        hypervisor(name).crash();
        Optional.ofNullable(lines.remove(name)).ifPresent(line -> hosts.leave(name, line));
    }

    boolean attends(String name) {
        return lines.containsKey(name);
    }

    void powerOn(String name) {
        hypervisor(name).restart();
        attend(name);
    }

    /** One turn of everything, in a fixed order; some time goes by. */
    void step(long millis) {
        maintenance.pass();
        servers.pass();
        moves.pass();
        compute.pass();
        wishes.pass();
        deliver();
        timeline.advance(millis);
        time.advanceMillis(millis);
        for (var name : List.copyOf(lines.keySet())) follow(name);
        hosts.pass();
        vitals.pass();
        degraded.pass();
        database.change(Actor.ROOM, tx -> Ground.KINDS.all().forEach(kind -> WorkQueue.hurry(tx, kind.name())));
    }

    void steps(int count) {
        for (int at = 0; at < count; at++) step(100);
    }

    /** Beats of those that are heard; who went down by itself is gone, and back when its power is. */
    private void follow(String name) {
        var hypervisor = hypervisor(name);
        if (hypervisor.silent()) {
            down.add(name);
            return;
        }
        if (down.remove(name)) attend(name);
        hosts.beat(name);
        long disk = hypervisor.faults().disk() == Faults.Disk.HANGS ? 10_000 : 0;
        vitals.examined(name, new Vitals(hypervisor.boot(), true, 0, disk, ""));
    }

    private void deliver() {
        lines.forEach((_, line) -> {
            var wished = List.copyOf(line.wishes);
            line.wishes.clear();
            wished.forEach(this::hand);
        });
    }

    private void hand(Wish wish) {
        try {
            hosts.report(hypervisor(wish.host()).apply(wish));
        } catch (WishRefused e) {
            hosts.refused(wish.host(), wish.generation(), String.valueOf(e.getMessage()));
        } catch (EngineFault e) {
            if (!hypervisor(wish.host()).silent()) throw new AssertionError(e);
        }
    }

    private void report(String host) {
        try {
            if (lines.containsKey(host) && !hypervisor(host).silent())
                hosts.report(hypervisor(host).observe());
        } catch (EngineFault e) {
            throw new AssertionError(e);
        }
    }

    SimulatedHypervisor hypervisor(String host) {
        return Optional.ofNullable(hypervisors.get(host)).orElseThrow();
    }

    Instant now() {
        return time.now();
    }

    Declared<ServerSpec, ServerStatus> server(String name) {
        return database.read(tx -> resources.get(tx, Servers.KIND, Servers.KIND.key("", name)));
    }

    ServerSpec.State state(String name) {
        return server(name).spec().state();
    }

    List<Declared<InstanceSpec, InstanceStatus>> instances() {
        return database.read(tx -> resources.list(tx, Compute.INSTANCE, Selection.ALL));
    }

    /** Names of the machines that run, by the host that they run on, as the hosts themselves know. */
    Map<String, List<String>> running() {
        var names = new HashMap<UUID, String>();
        instances().forEach(instance -> names.put(instance.uid(), instance.name()));
        var running = new TreeMap<String, List<String>>();
        hypervisors.forEach((host, hypervisor) -> {
            for (var guest : guests(hypervisor))
                if (guest.state() == GuestSeen.State.RUNNING || guest.state() == GuestSeen.State.STARTING)
                    running.computeIfAbsent(host, _ -> new ArrayList<>())
                            .add(names.getOrDefault(guest.uid(), guest.uid().toString()));
        });
        return running;
    }

    /** Nothing runs on one whose power is cut. */
    private static List<GuestSeen> guests(SimulatedHypervisor hypervisor) {
        try {
            return hypervisor.observe().guests();
        } catch (EngineFault e) {
            return List.of();
        }
    }

    Declared<MaintenanceSpec, MaintenanceStatus> maintenance(String name) {
        return database.read(tx -> resources.get(tx, Maintenances.KIND, Maintenances.KIND.key("", name)));
    }

    /** What an action does. */
    <I> void act(String name, String action, I input) {
        database.change(Actor.ROOM, tx -> {
            var now = resources.get(tx, Maintenances.KIND, Maintenances.KIND.key("", name));
            var found = MaintenanceActions.ALL.stream()
                    .filter(each -> each.name().equals(action))
                    .findFirst()
                    .orElseThrow();
            @SuppressWarnings("unchecked")
            var typed = (Action<MaintenanceSpec, MaintenanceStatus, I>) found;
            var spec = typed.edit().apply(now, input);
            new Declarations(Ground.KINDS, resources, chance, time)
                    .apply(tx, List.of(Wanted.of(now.key(), now.labels(), spec)));
        });
    }

    MaintenanceForecast forecast(MaintenanceSpec spec) {
        return database.read(tx -> new MaintenanceOutlook(
                        spec,
                        MaintenanceScopes.read(tx, resources, spec.scope(), List.of()),
                        regie.compute.Evacuation.read(tx, resources, picture))
                .forecast());
    }

    private static final class Time implements Clock {
        private long micros = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() * 1_000;

        void advanceMillis(long millis) {
            micros += millis * 1_000;
        }

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(micros / 1_000);
        }

        @Override
        public long nanos() {
            return micros * 1_000;
        }
    }

    /** Wishes on their way to one host. */
    private static final class Line implements Consumer<Wish> {
        private final List<Wish> wishes = new ArrayList<>();

        @Override
        public void accept(Wish wish) {
            wishes.add(wish);
        }
    }
}
