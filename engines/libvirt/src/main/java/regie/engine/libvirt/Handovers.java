package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import regie.agent.contract.Guest;
import regie.agent.contract.Handover;
import regie.agent.contract.HandoverSeen;
import regie.agent.contract.HostTunnel;
import regie.agent.contract.LiveMigration;
import regie.engine.libvirt.Ticket.Service;

/**
 * Hands guests over through the agents' tunnel: libvirt speaks to libvirt, QEMU to QEMU, and neither listens on the network. The
 * guest stands still where it comes until its former host says that it is gone there.
 */
final class Handovers implements LiveMigration {
    private static final int SECRET_BYTES = 16;
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final System.Logger LOG = System.getLogger(Handovers.class.getName());

    private final Path libvirtSocket;
    private final Sockets sockets;
    private final Map<UUID, Awaited> awaited = new ConcurrentHashMap<>();
    private volatile Optional<HostTunnel> tunnel = Optional.empty();
    private volatile BiConsumer<UUID, Long> released = (_, _) -> {};
    private volatile Runnable changed = () -> {};

    /** @param libvirtSocket of this host's libvirt, as this process sees it */
    Handovers(Path libvirtSocket, Sockets sockets) {
        this.libvirtSocket = libvirtSocket;
        this.sockets = sockets;
    }

    /** A guest that may come. */
    private static final class Awaited {
        private final long attempt;
        private final Ticket ticket;
        private volatile long memoryEndedNanos;

        Awaited(long attempt, Ticket ticket) {
            this.attempt = attempt;
            this.ticket = ticket;
        }
    }

    /** @param whenReleased is run with a guest and the attempt when its former host has let go of it */
    void listen(BiConsumer<UUID, Long> whenReleased, Runnable whenOpened) {
        released = whenReleased;
        changed = whenOpened;
    }

    @Override
    public void open(HostTunnel other) {
        try {
            sockets.make();
        } catch (IOException trouble) {
            LOG.log(System.Logger.Level.WARNING, "no guest can move here: {0}", trouble.getMessage());
            return;
        }
        tunnel = Optional.of(other);
        other.answer(this::admit);
        changed.run();
    }

    boolean ready() {
        return tunnel.isPresent();
    }

    /** From now on the guest may come, to the place that {@code tuning} binds it to. */
    void await(Guest guest, long attempt, GuestTag tag, GuestFiles files, Tuning tuning) throws IOException {
        var secret = new byte[SECRET_BYTES];
        CHANCE.nextBytes(secret);
        var ticket = new Ticket(
                tunnel().address(),
                HexFormat.of().formatHex(secret),
                sockets.inside().toString(),
                tag.xml(),
                tuning.place(guest.claim().vcpus()),
                files.named());
        awaited.put(guest.uid(), new Awaited(attempt, ticket));
    }

    void forget(UUID guest) {
        awaited.remove(guest);
    }

    /** What the guest's host has to know; empty where it is not awaited in this attempt. */
    Optional<String> ticket(UUID guest, long attempt) {
        return Optional.ofNullable(awaited.get(guest))
                .filter(known -> known.attempt == attempt)
                .map(known -> known.ticket.text());
    }

    /**
     * How a guest came that runs here from now on.
     *
     * @param numbers libvirt's, of its migration
     */
    HandoverSeen arrived(UUID guest, long attempt, Map<String, Long> numbers) {
        var known = Optional.ofNullable(awaited.get(guest));
        long still = known.filter(it -> it.memoryEndedNanos != 0)
                .map(it -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - it.memoryEndedNanos))
                .orElse(0L);
        long downtime = numbers.containsKey("downtime") ? numbers.getOrDefault("downtime", 0L) + still : -1;
        return HandoverSeen.arrived(attempt, numbers.getOrDefault("time_elapsed", 0L) + still, downtime);
    }

    /**
     * Hands a guest over; returns when it is gone from here.
     *
     * @throws LibvirtError where it stayed, or nobody knows: libvirt is to be asked
     */
    void send(Guest guest, Handover way, GuestFiles files, Connection connection) throws LibvirtError, IOException {
        var ticket = Ticket.parse(way.ticket());
        if (!ticket.sockets().equals(sockets.inside().toString())) {
            throw new IOException("%s has its sockets in %s and this host in %s"
                    .formatted(way.peer(), ticket.sockets(), sockets.inside()));
        }
        try (var _ = relay(ticket, Service.CONTROL);
                var _ = relay(ticket, Service.MEMORY);
                var _ = relay(ticket, Service.DISK)) {
            var inside = sockets.inside().toString();
            var xml = DestinationXml.write(connection.describe(guest.uid()), files.named(), ticket);
            var parameters = new java.util.ArrayList<Map.Entry<String, String>>(List.of(
                    Map.entry("migrate_uri", "unix://" + ticket.socket(inside, Service.MEMORY)),
                    Map.entry("destination_xml", xml),
                    Map.entry("persistent_xml", xml)));
            if (files.disk().isPresent()) {
                parameters.add(Map.entry("disks_uri", "unix://" + ticket.socket(inside, Service.DISK)));
                parameters.add(Map.entry("migrate_disks", DomainXml.OWN_DISK));
            }
            try (var _ = Standstill.bound(connection, guest.uid())) {
                connection.migrate(
                        guest.uid(),
                        "qemu+unix:///system?socket=" + ticket.socket(inside, Service.CONTROL),
                        parameters,
                        files.disk().isPresent());
            }
        }
    }

    /** To be asked for before the guest is sent. */
    LastWord lastWord(Handover way) {
        return LastWord.prepare(() -> {
            var ticket = Ticket.parse(way.ticket());
            return tunnel().connect(ticket.address(), ticket.purpose(Service.SOON));
        });
    }

    /** Says to the guest's next host that it is gone from here. Where nobody hears it, that one learns it from the room. */
    void tellGone(Handover way, LastWord word) {
        if (word.say()) return;
        try {
            var ticket = Ticket.parse(way.ticket());
            tunnel().connect(ticket.address(), ticket.purpose(Service.GONE)).close();
        } catch (IOException lost) {
            LOG.log(System.Logger.Level.WARNING, "{0} hears it from the room: {1}", way.peer(), lost.getMessage());
        }
    }

    private Relay relay(Ticket ticket, Service service) throws IOException {
        var socket = Path.of(ticket.socket(sockets.outside().toString(), service));
        return Relay.open(socket, () -> tunnel().connect(ticket.address(), ticket.purpose(service)));
    }

    private HostTunnel tunnel() throws IOException {
        return tunnel.orElseThrow(() -> new IOException("this host has no way to other hosts"));
    }

    private HostTunnel.Taker admit(String purpose) throws IOException {
        var parts = purpose.split(" ", -1);
        if (parts.length != 2) throw new IOException("no such purpose");
        for (var entry : awaited.entrySet()) {
            if (entry.getValue().ticket.secret().equals(parts[1])) {
                return take(entry.getKey(), entry.getValue(), Service.valueOf(parts[0]));
            }
        }
        throw new IOException("no such guest is awaited");
    }

    private HostTunnel.Taker take(UUID guest, Awaited known, Service service) {
        var outside = sockets.outside().toString();
        return switch (service) {
            case CONTROL -> stream -> Relay.deliver(stream, libvirtSocket, () -> {});
            case MEMORY ->
                stream -> Relay.deliver(
                        stream,
                        Path.of(known.ticket.socket(outside, service)),
                        () -> known.memoryEndedNanos = System.nanoTime());
            case DISK -> stream -> Relay.deliver(stream, Path.of(known.ticket.socket(outside, service)), () -> {});
            case SOON ->
                stream -> {
                    try (stream) {
                        if (LastWord.heard(stream)) released.accept(guest, known.attempt);
                    }
                };
            case GONE ->
                stream -> {
                    stream.close();
                    released.accept(guest, known.attempt);
                };
        };
    }
}
