package regie.continuity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.compute.Compute;
import regie.compute.ComputeLoop;
import regie.compute.Hosts;
import regie.compute.InstanceSpec;
import regie.compute.InstanceStatus;
import regie.compute.Picture;
import regie.compute.ServerLoop;
import regie.compute.Wishes;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declarations;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Manifests;
import regie.kernel.Resources;
import regie.kernel.WorkQueue;

/** Compute and continuity with their own loops and clocks, over simulated hosts that answer at once. */
final class RunningRoom implements AutoCloseable {
    final Map<String, SimulatedHypervisor> hypervisors = new ConcurrentHashMap<>();
    final Controllers controllers = new Controllers(hypervisors);
    final Database database;

    private final Resources resources = new Resources(Ground.KINDS);
    private final Hosts hosts;
    private final Hints hints;
    private final VerdictSettings settings;
    private Runnable ends;
    private final Deque<Runnable> parts = new ArrayDeque<>();
    private final Map<String, Consumer<Wish>> lines = new ConcurrentHashMap<>();

    RunningRoom(DataSource source, VerdictSettings settings) {
        var hints = new Hints();
        database = new Database(source, hints);
        var work = new WorkQueue("room");
        var wishes = new Wishes(database);
        hosts = new Hosts(database, wishes, hints, Clock.SYSTEM);
        parts.push(new ServerLoop(database, resources, work).start(hints)::close);
        parts.push(
                new ComputeLoop(database, resources, new Picture(), work, Clock.SYSTEM, Chance.SECURE).start(hints)
                        ::close);
        parts.push(wishes.start(hints)::close);
        parts.push(hosts.start()::close);
        this.hints = hints;
        this.settings = settings;
        ends = judges();
        parts.push(() -> ends.run());
    }

    /** Nobody judges any more: that server of the room is gone. */
    void verdictsEnd() {
        ends.run();
        ends = () -> {};
    }

    /** Another server of the room judges too. */
    void judgesToo() {
        parts.push(judges());
    }

    private Runnable judges() {
        var verdicts = verdicts(Clock.SYSTEM);
        var loop = verdicts.start(hints);
        return () -> {
            loop.close();
            verdicts.close();
        };
    }

    VerdictLoop verdicts(Clock clock) {
        var switches = new Switches(Map.of(ServerSpec.Protocol.REDFISH, controllers), Path.of("/nonexistent"));
        return new VerdictLoop(database, resources, Evidence.ROOM_ALONE, switches, settings, clock, Chance.SECURE);
    }

    void apply(String manifest) {
        var wanted = new Manifests(Ground.KINDS).read("room.yaml", manifest, "default");
        database.change(Actor.ROOM, tx -> new Declarations(Ground.KINDS, resources, Chance.SECURE).apply(tx, wanted));
    }

    void imageIsReady(String name) {
        Ground.imageIsReady(database, resources, name);
    }

    SimulatedHypervisor hypervisor(String name) {
        return Check.present(hypervisors.get(name));
    }

    /** How many servers are known to run guests. */
    int hosts() {
        return database.read(tx -> tx.query("select server from compute.host", row -> row.uuid("server")))
                .size();
    }

    /** The agent of this host is there. */
    void attend(String name, Claim room) {
        var hypervisor =
                hypervisors.computeIfAbsent(name, _ -> new SimulatedHypervisor(name, room, new VirtualTimeline()));
        Consumer<Wish> line = wish -> {
            try {
                hosts.report(hypervisor.apply(wish));
            } catch (WishRefused | EngineFault e) {
                if (!hypervisor.silent()) throw new AssertionError(e);
            }
        };
        lines.put(name, line);
        hosts.attend(name, line);
    }

    /** Beats of all that attend and aren't without power; those of who is cut off don't come. */
    void beat() {
        lines.keySet().stream().filter(name -> !hypervisor(name).silent()).forEach(hosts::beat);
    }

    /** Its line is gone, and nobody waits for the five seconds. */
    void cutOff(String name) {
        Optional.ofNullable(lines.remove(name)).ifPresent(line -> hosts.leave(name, line));
        hosts.missed(name);
    }

    Declared<InstanceSpec, InstanceStatus> instance(String name) {
        return database.read(tx -> resources.get(tx, Compute.INSTANCE, Compute.INSTANCE.key("default", name)));
    }

    List<Declared<InstanceSpec, InstanceStatus>> instances() {
        return database.read(tx -> resources.list(tx, Compute.INSTANCE, regie.kernel.Selection.ALL));
    }

    Declared<ServerSpec, ServerStatus> server(String name) {
        return database.read(tx -> resources.get(tx, Servers.KIND, Servers.KIND.key("", name)));
    }

    List<Declared<StormSpec, StormStatus>> storms() {
        return database.read(tx -> resources.list(tx, Storms.KIND, regie.kernel.Selection.ALL));
    }

    /** What the actions {@code release} and {@code keep} do. */
    void decide(StormSpec.Decision decision) {
        database.change(Actor.ROOM, tx -> {
            for (var storm : resources.list(tx, Storms.KIND, regie.kernel.Selection.ALL)) {
                var wanted = regie.kernel.Wanted.of(
                        storm.key(), storm.labels(), storm.spec().decided(decision));
                new Declarations(Ground.KINDS, resources, Chance.SECURE).apply(tx, List.of(wanted));
            }
        });
    }

    /** @throws AssertionError where it does not become true within 20 seconds */
    void await(String what, java.util.function.BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() - end > 0) throw new AssertionError("not within 20 seconds: " + what);
            beat();
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) parts.pop().run();
    }
}
