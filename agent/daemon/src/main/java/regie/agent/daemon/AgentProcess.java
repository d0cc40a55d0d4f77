package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import regie.agent.channel.AgentTunnel;
import regie.agent.channel.Credentials;
import regie.agent.channel.RoomLink;
import regie.agent.contract.Artifact;
import regie.agent.contract.ArtifactSource;
import regie.agent.contract.Hypervisor.Ending;
import regie.agent.contract.Timeline;
import regie.agent.contract.Wish;
import regie.agent.daemon.AgentSettings.EngineKind;
import regie.engine.libvirt.LibvirtHypervisor;
import regie.engine.libvirt.LibvirtSettings;

/** The agent, wired: one link, one cache, one scheduler, and a loop for each host. */
final class AgentProcess implements AutoCloseable {
    private static final Logger LOG = System.getLogger("regie.agent");

    private final AgentSettings settings;
    private final DataFolder data;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("agent-timeline").daemon().factory());
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("agent-", 0).factory());
    private final Timeline timeline = Timeline.on(scheduler);
    private final RandomGenerator chance = RandomGenerator.of("L64X128MixRandom");
    private final List<HostLoop> loops = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Credentials> current = new AtomicReference<>();
    private Optional<RoomLink> link = Optional.empty();
    private Optional<SharedTunnel> tunnel = Optional.empty();
    private Optional<DiskProbe> disk = Optional.empty();
    private final Mesh mesh = new Mesh(timeline);

    private AgentProcess(AgentSettings settings, DataFolder data) {
        this.settings = settings;
        this.data = data;
    }

    /**
     * Joins where that is needed, and attends.
     *
     * @throws IOException where the data folder can't be used
     */
    static AgentProcess start(AgentSettings settings) throws IOException, InterruptedException, Enrolment.NotJoined {
        var agent = new AgentProcess(settings, DataFolder.open(settings.data()));
        try {
            agent.attend();
            return agent;
        } catch (IOException | InterruptedException | RuntimeException | Enrolment.NotJoined failed) {
            agent.close();
            throw failed;
        }
    }

    private void attend() throws IOException, InterruptedException, Enrolment.NotJoined {
        var identity = new Identity(data.identity());
        var credentials =
                new Enrolment(settings.rooms(), settings.servers(), identity, timeline).credentials(settings.token());
        var room = new RoomLink(settings.rooms(), credentials, timeline, chance);
        link = Optional.of(room);
        renew(room, identity, credentials);
        var store = new WishStore(data.wishes(), settings.engine() != EngineKind.SIMULATED);
        var cache = new ArtifactCache(data.artifacts(), settings.artifactBytesMax(), room::fetch, this::inUse);
        var engines = engines(cache);
        for (var name : settings.names()) {
            var engine = engines.open(name, survivors(name, store.newest(name)));
            loops.add(new HostLoop(name, engine, store, timeline, threads));
        }
        openTunnel();
        for (var loop : loops) attend(room, loop, lease(loop));
        LOG.log(Level.INFO, "attending for {0} at {1}", settings.servers(), settings.rooms());
    }

    /** What a simulated host runs when its agent begins anew: nothing where its lease has ended meanwhile. */
    private Optional<Wish> survivors(String host, Optional<Wish> newest) throws IOException {
        var board = Board.find(data.lease(host));
        boolean ended = board.filter(it -> it.until() <= Boottime.nanos()).isPresent();
        return ended ? newest.map(Wish::still) : newest;
    }

    private void renew(RoomLink room, Identity identity, Credentials credentials) {
        current.set(credentials);
        new Renewal(room, identity, timeline, threads, current::set).watch(credentials);
    }

    private void attend(RoomLink room, HostLoop loop, HostLease lease) {
        var line = room.attend(loop);
        var desk = new ConsoleDesk(loop.hypervisor(), line, room::console, threads);
        loop.start(line, desk, Optional.of(lease), chance.nextLong(HostLoop.BEAT_MILLIS));
    }

    private HostLease lease(HostLoop loop) throws IOException, InterruptedException {
        var engine = loop.engine();
        var store = new LeaseStore(data.lease(loop.host()), settings.engine() != EngineKind.SIMULATED);
        var around = new HostLease.Surroundings(mesh, timeline, Boottime::nanos, engine.silent(), threads, chance);
        var vote = new HostVote(loop.host(), store, Boottime::nanos, engine.silent(), threads);
        var lease = new HostLease(loop.host(), store, wardens(engine, store), vote, around);
        mesh.join(loop.host(), vote, lease::answered);
        if (engine.hypervisor().ending().orElse(null) instanceof Ending.OfProcesses) awaitWarden(loop.host(), lease);
        return lease;
    }

    private static void awaitWarden(String host, HostLease lease) throws InterruptedException {
        try {
            lease.awaitWarden();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "{0} can hold no lease: {1}", host, failed.getMessage());
        }
    }

    private HostLease.Wardens wardens(Engine engine, LeaseStore store) throws IOException {
        var disk = store.folder();
        var ending = engine.hypervisor().ending();
        if (ending.isEmpty()) return new HostLease.Wardens(false, disk, _ -> Warden.NONE);
        return switch (ending.get()) {
            case Ending.OfProcesses processes -> {
                var folder = MemoryFolder.beside(disk);
                yield new HostLease.Wardens(true, folder, board -> new WardenProcess(folder, board.get(), processes));
            }
            case Ending.Inside guests ->
                new HostLease.Wardens(
                        false,
                        disk,
                        board -> new WardenInside(board, guests, timeline, Boottime::nanos, engine.unwatched()));
        };
    }

    /** Without a way to other servers nothing lacks but moving running guests, and votes: that is no reason to run none. */
    private void openTunnel() {
        try {
            var address = settings.peers().address(settings.rooms().getFirst());
            var opened = SharedTunnel.over(AgentTunnel.open(address, port(), this::credentials), mesh);
            mesh.open(opened);
            tunnel = Optional.of(opened);
            for (var loop : loops) loop.hypervisor().liveMigration().ifPresent(moves -> moves.open(opened));
        } catch (IOException failed) {
            LOG.log(
                    Level.WARNING,
                    "no agent of another server reaches this one, so no running guest moves from or to here: {0}",
                    failed.getMessage());
        }
    }

    /** Simulated hosts need no fixed one: many of their agents share a machine, and no firewall stands between them. */
    private int port() {
        boolean usual = settings.peers().port() == AgentSettings.Peers.PORT;
        return settings.engine() == EngineKind.SIMULATED && usual
                ? 0
                : settings.peers().port();
    }

    private Credentials credentials() {
        return Objects.requireNonNull(current.get(), "the tunnel opens after the agent has joined");
    }

    private interface Engines {
        Engine open(String host, Optional<Wish> newest) throws IOException;
    }

    /** The one place where it is chosen what runs guests. */
    private Engines engines(ArtifactSource artifacts) throws IOException {
        return switch (settings.engine()) {
            case LIBVIRT -> {
                var folder = data.engine();
                var room = settings.capacity().isPresent() ? settings.capacity().get() : HostRoom.measure(folder);
                var probe = DiskProbe.start(folder, timeline);
                disk = Optional.of(probe);
                var machine = new RealMachine(probe, settings.mayReboot());
                yield (host, _) -> new Engine(
                        LibvirtHypervisor.open(
                                new LibvirtSettings(host, settings.libvirtUri(), folder, room, artifacts)),
                        machine);
            }
            case SIMULATED -> {
                var simulated = settings.simulated();
                var room = settings.capacity().orElse(SimulatedHosts.USUAL);
                var hosts = new SimulatedHosts(room, simulated.bootMillis(), timeline);
                if (simulated.journal().isPresent())
                    hosts.write(new Journal(simulated.journal().get()));
                simulated.faults().ifPresent(file -> new FaultsFile(file, hosts, timeline).watch());
                yield hosts::open;
            }
        };
    }

    private Set<String> inUse() {
        return loops.stream()
                .flatMap(loop -> loop.newest().stream())
                .flatMap(wish -> wish.guests().stream())
                .flatMap(guest -> guest.machine().artifacts().stream())
                .map(Artifact::sha256)
                .collect(Collectors.toSet());
    }

    /** Guests run on; the room is told nothing but that the line is cut. */
    @Override
    public void close() throws IOException {
        if (tunnel.isPresent()) tunnel.get().close(); // guests on their way stay, at once
        mesh.close();
        loops.forEach(HostLoop::close);
        disk.ifPresent(DiskProbe::close);
        link.ifPresent(RoomLink::close);
        scheduler.shutdownNow();
        threads.shutdown();
        data.close();
    }
}
