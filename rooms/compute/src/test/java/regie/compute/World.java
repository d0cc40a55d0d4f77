package regie.compute;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import regie.agent.contract.Artifact;
import regie.agent.contract.EngineFault;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;
import regie.estate.Devices;
import regie.estate.ServerSpec;
import regie.estate.Servers;
import regie.estate.Sites;
import regie.identity.Projects;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Check;
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
import regie.kernel.Wanted;
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

    final Kinds kinds = new Kinds(Stream.concat(
                    Stream.<Kind<?, ?>>of(
                            Projects.KIND,
                            Sites.KIND,
                            Sites.RACK,
                            Sites.FEED,
                            Devices.KIND,
                            Devices.LINK,
                            Servers.KIND,
                            Networks.KIND),
                    Compute.KINDS.stream())
            .toList());
    final Resources resources = new Resources(kinds);
    final Database database;
    final ManualClock clock = new ManualClock();
    final Chance chance;
    final VirtualTimeline timeline = new VirtualTimeline();
    final Map<String, SimulatedHypervisor> hypervisors = new TreeMap<>();
    /** What hosts refused to do, in their words. */
    final List<String> refusals = new ArrayList<>();

    final Reckoning reckoning = new Reckoning(this);

    private final Map<String, Line> lines = new TreeMap<>();
    /** Wishes of lines that broke, still under way: they come late, after newer ones. */
    private final List<Wish> stray = new ArrayList<>();

    private Hosts hosts;
    private Wishes wishes;
    private ServerLoop servers;
    private ComputeLoop compute;
    private Picture picture;
    private MoveLoop moves;
    private HealthLoop health;
    private HeartbeatLoop heartbeats;
    final Hearing hearing = new Hearing();

    World(DataSource source, long seed) {
        database = new Database(source, new Hints());
        chance = Chance.of(new SplittableRandom(seed), clock);
        assemble();
    }

    /** On a database that others have used before. */
    static World fresh(DataSource source, long seed) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    truncate kernel.resource, kernel.reference, kernel.log, kernel.work, network.address, network.cursor,
                             compute.host, compute.death, compute.allocation, compute.migration, compute.move_list, compute.move, compute.claim,
                             compute.slot, compute.change, compute.usage, compute.reservation, compute.reserved, compute.seen
                    """);
        }
        return new World(source, seed);
    }

    /** Declares an estate, whose image {@code micro} is ready and whose named servers attend. */
    void open(String estate, String... attending) {
        apply(estate);
        imageIsReady("micro");
        step();
        for (var server : attending) attend(server);
        steps(3);
    }

    /** The control room is started, or was killed and is started again: what it had in memory is gone, and all lines with it. */
    void startRoom() {
        assemble();
        hosts.expectThoseHeardBefore();
        List.copyOf(lines.keySet()).forEach(this::breakLine);
    }

    private void assemble() {
        var hints = new Hints();
        var work = new WorkQueue("world");
        wishes = new Wishes(database);
        hosts = new Hosts(database, wishes, hints, clock);
        servers = new ServerLoop(database, resources, work);
        picture = new Picture();
        moves = new MoveLoop(database, picture, clock);
        health = new HealthLoop(database, resources, hearing, clock);
        heartbeats = new HeartbeatLoop(database, resources, clock);
        compute = new ComputeLoop(database, resources, picture, work, clock, chance);
    }

    Picture picture() {
        return picture;
    }

    void apply(String manifest) {
        apply(List.of(manifest));
    }

    /** All files at once, as {@code regie apply -f FOLDER} does. */
    void apply(List<String> files) {
        var wanted = files.stream()
                .flatMap(text -> new Manifests(kinds).read("world.yaml", text, "default").stream())
                .toList();
        database.change(Actor.ROOM, tx -> new Declarations(kinds, resources, chance, clock).apply(tx, wanted));
    }

    void imageIsReady(String name) {
        database.change(Actor.ROOM, tx -> {
            var image = resources.get(tx, Compute.IMAGE, Compute.IMAGE.key("", name));
            var files = image.spec().boot().roles().stream()
                    .map(role -> new Artifact(role, Artifact.Format.RAW, IMAGE_BYTES, 1))
                    .toList();
            resources.report(tx, Compute.IMAGE, Map.of(image.uid(), new ImageStatus(ImageStatus.State.READY, files)));
        });
    }

    /** The agent of a declared server is there, with as much room as it was declared with. */
    void attend(String name) {
        var spec = database.read(tx -> resources.get(tx, Servers.KIND, Servers.KIND.key("", name)))
                .spec();
        var hypervisor = hypervisors.computeIfAbsent(name, _ -> DeclaredServer.simulated(name, spec, timeline));
        hypervisor.meet(other -> Optional.ofNullable(hypervisors.get(other)));
        hypervisor.onChange(() -> report(name));
        var line = new Line();
        lines.put(name, line);
        hosts.attend(name, line);
        report(name);
    }

    /** The line of a host breaks; what was under way is lost, or comes late. */
    void breakLine(String name) {
        var lost = lines.remove(name);
        if (lost == null) return;
        hosts.leave(name, lost);
        stray.addAll(lost.wishes);
    }

    /** The power of a host goes, and with it all that was under way to it. */
    void powerOff(String name) {
        hypervisor(name).crash();
        Optional.ofNullable(lines.remove(name)).ifPresent(line -> hosts.leave(name, line));
        stray.removeIf(wish -> wish.host().equals(name));
    }

    /** Its power is back, and its agent is there again. */
    void powerOn(String name) {
        hypervisor(name).restart();
        attend(name);
    }

    boolean attends(String name) {
        return lines.containsKey(name);
    }

    /** One turn of everything, in a fixed order; a tenth of a second goes by. */
    void step() {
        step(100);
    }

    void step(long millis) {
        servers.pass();
        moves.pass();
        compute.pass();
        wishes.pass();
        deliver();
        timeline.advance(millis);
        clock.advanceMillis(millis);
        hypervisors.keySet().forEach(this::beat);
        hosts.pass();
        health.pass();
        heartbeats.pass();
        makeDue();
    }

    /** Servers are looked at as they are declared now, and nothing is planned yet. */
    void followServers() {
        servers.pass();
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

    /** Everything that a reader would tell apart, in one text: two runs that differ anywhere differ here. */
    String story() {
        var text = new StringBuilder();
        for (var each : instances()) {
            text.append("%s %s %s %d %s%n"
                    .formatted(
                            each.name(),
                            each.status().stage(),
                            each.status().host(),
                            each.status().epoch(),
                            each.status().holds()));
        }
        return text.append(new TreeMap<>(running())).toString();
    }

    /** What the action {@code migrate} does: to {@code host}, or to the best one where that is empty. */
    void migrate(String name, Optional<String> host) {
        edit(name, now -> now.spec().moved(host, false, now.status().moveRequests()));
    }

    /** What the action {@code stay} does. */
    void stay(String name) {
        edit(name, now -> now.spec().moved(Optional.empty(), true, now.status().moveRequests()));
    }

    void edit(String name, Function<Declared<InstanceSpec, InstanceStatus>, InstanceSpec> edit) {
        database.change(Actor.ROOM, tx -> {
            var now = resources.get(tx, Compute.INSTANCE, Compute.INSTANCE.key("default", name));
            var wanted = Wanted.of(now.key(), now.labels(), edit.apply(now));
            new Declarations(kinds, resources, chance, clock).apply(tx, List.of(wanted));
        });
    }

    void deleteInstance(String name) {
        delete(Compute.INSTANCE, name);
    }

    /** A fleet goes with all its members. */
    void deleteFleet(String name) {
        delete(Compute.FLEET, name);
    }

    private void delete(Kind<?, ?> kind, String name) {
        database.change(Actor.ROOM, tx -> {
            var found = resources.get(tx, kind, kind.key("default", name));
            resources.delete(tx, kind, List.of(found.uid()));
        });
    }

    Declared<FleetSpec, FleetStatus> fleet(String name) {
        return database.read(tx -> resources.get(tx, Compute.FLEET, Compute.FLEET.key("default", name)));
    }

    boolean hasFleet(String name) {
        return database.read(tx -> resources.find(tx, Compute.FLEET, Compute.FLEET.key("default", name)))
                .isPresent();
    }

    /** What the actions {@code cordon}, {@code uncordon} and {@code drain} do. */
    void serverInto(ServerSpec.State state, String name) {
        database.change(Actor.ROOM, tx -> {
            var now = resources.get(tx, Servers.KIND, Servers.KIND.key("", name));
            var wanted = Wanted.of(now.key(), now.labels(), now.spec().in(state));
            new Declarations(kinds, resources, chance, clock).apply(tx, List.of(wanted));
        });
    }

    static List<GuestSeen> observe(SimulatedHypervisor hypervisor) {
        try {
            return hypervisor.observe().guests();
        } catch (EngineFault e) {
            return List.of();
        }
    }

    private void deliver() {
        lines.forEach((host, line) -> {
            var wished = List.copyOf(line.wishes);
            line.wishes.clear();
            wished.forEach(this::hand);
        });
        if (!stray.isEmpty()) hand(stray.removeFirst());
    }

    private void hand(Wish wish) {
        var hypervisor = hypervisor(wish.host());
        if (hypervisor.silent()) return;
        try {
            var report = hypervisor.apply(wish);
            if (attends(wish.host())) hosts.report(report);
        } catch (WishRefused | EngineFault e) {
            refusals.add(String.valueOf(e.getMessage()));
            if (e instanceof WishRefused && attends(wish.host()))
                hosts.refused(wish.host(), wish.generation(), String.valueOf(e.getMessage()));
        }
    }

    private void beat(String host) {
        if (attends(host) && !hypervisor(host).silent()) hosts.beat(host);
    }

    private void report(String host) {
        try {
            if (attends(host) && !hypervisor(host).silent())
                hosts.report(hypervisor(host).observe());
        } catch (EngineFault e) {
            throw new AssertionError(e);
        }
    }

    /** What waits for a later time is due in the next turn: the queue goes by the database's clock, the world by its own. */
    private void makeDue() {
        database.change(Actor.ROOM, tx -> {
            tx.change("update compute.probing set due_at = clock_timestamp()");
            for (var kind : kinds.all()) WorkQueue.hurry(tx, kind.name());
        });
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
