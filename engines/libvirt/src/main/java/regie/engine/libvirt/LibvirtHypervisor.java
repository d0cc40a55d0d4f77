package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.agent.contract.EngineFault;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.LiveMigration;
import regie.agent.contract.NumaNode;
import regie.agent.contract.Report;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;

/** A real host: its guests are QEMU processes kept by its libvirt. */
public final class LibvirtHypervisor implements Hypervisor {
    private static final System.Logger LOG = System.getLogger(LibvirtHypervisor.class.getName());

    private final LibvirtSettings settings;
    private final List<NumaNode> nodes;
    private final GuestStore store;
    private final Generation generation;
    private final Link link;
    private final GuestKeeper keeper;
    private final SerialConsoles consoles;
    private final Handovers handovers;
    private volatile Runnable listener = () -> {};

    private LibvirtHypervisor(LibvirtSettings settings, Acceleration.Kind acceleration) throws IOException {
        this.settings = settings;
        this.nodes = Topology.read();
        Files.createDirectories(settings.folder());
        this.generation = new Generation(settings.folder());
        this.store = new GuestStore(settings.folder(), settings.artifacts(), nodes);
        this.consoles = new SerialConsoles(store);
        var domainChanged = new Signal();
        this.link = new Link(settings.uri());
        this.handovers = new Handovers(settings.libvirtSocket(), settings.sockets());
        var moves = new MoveDeeds(settings.uri(), link, store, acceleration, domainChanged, handovers);
        this.keeper = new GuestKeeper(
                new GuestDeeds(link, store, acceleration, domainChanged, moves), moves, () -> listener.run());
        handovers.listen(keeper::release, () -> listener.run());
        link.onChange(() -> {
            domainChanged.raise();
            keeper.retry();
            listener.run();
        });
    }

    /**
     * Takes hold of a host; libvirt need not run yet, and may come and go.
     *
     * @throws IOException where the folder can't be used
     */
    public static LibvirtHypervisor open(LibvirtSettings settings) throws IOException {
        return new LibvirtHypervisor(settings, Acceleration.detect().kind());
    }

    @Override
    public synchronized Report apply(Wish wish) throws WishRefused, EngineFault {
        WishRefused.unlessFit(wish, settings.host(), generation.newest(), settings.room(), nodes);
        try {
            var surplus = new HashSet<>(store.all());
            domains().stream().map(DomainSeen::uid).forEach(surplus::add);
            wish.guests().stream().map(Guest::uid).forEach(surplus::remove);
            generation.take(wish.generation());
            surplus.forEach(uid -> keeper.want(uid, Optional.empty()));
            wish.guests().forEach(guest -> keeper.want(guest.uid(), Optional.of(guest)));
            return tell();
        } catch (IOException trouble) {
            throw new EngineFault(
                    "%s can't use its folder %s: %s"
                            .formatted(settings.host(), settings.folder(), trouble.getMessage()),
                    trouble);
        }
    }

    @Override
    public Report observe() throws EngineFault {
        var report = tell();
        keeper.retry(); // libvirt answers
        report.guests().stream().map(GuestSeen::uid).forEach(this::boundConsoleLog);
        return report;
    }

    @Override
    public List<NumaNode> nodes() {
        return nodes;
    }

    @Override
    public void onChange(Runnable other) {
        listener = other;
    }

    @Override
    public Optional<Consoles> consoles() {
        return Optional.of(consoles);
    }

    @Override
    public Optional<LiveMigration> liveMigration() {
        return Optional.of(handovers);
    }

    @Override
    public Optional<Ending> ending() {
        return settings.processIds()
                .map(folder -> (Ending.OfProcesses) guest -> folder.resolve(DomainXml.name(guest) + ".pid"));
    }

    @Override
    public void close() {
        listener = () -> {};
        keeper.close();
        link.close();
    }

    private synchronized Report tell() throws EngineFault {
        var domains = domains();
        var uids = domains.stream().map(DomainSeen::uid).collect(Collectors.toSet());
        var guests = Stream.concat(domains.stream().map(keeper::view), keeper.unborn(uids).stream())
                .sorted(Comparator.comparing(GuestSeen::uid))
                .toList();
        return new Report(settings.host(), generation.newest(), settings.room(), guests, handovers.ready());
    }

    private List<DomainSeen> domains() throws EngineFault {
        try {
            return link.ask(Connection::ours);
        } catch (LibvirtError error) {
            throw new EngineFault("%s: %s".formatted(settings.host(), error.getMessage()), error);
        }
    }

    private void boundConsoleLog(UUID guest) {
        try {
            ConsoleLog.bound(store.consoleLog(guest));
        } catch (IOException trouble) {
            LOG.log(System.Logger.Level.WARNING, "the console log of %s grows on".formatted(guest), trouble);
        }
    }
}
