package regie.engine.libvirt;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import regie.agent.contract.EngineFault;
import regie.agent.contract.Guest;
import regie.agent.contract.Handover;
import regie.agent.contract.HandoverSeen;

/**
 * Carries out the steps of guests that come and go. Whether a guest went is never guessed: one that went is not defined here any
 * more, and one that is defined here stayed. It runs nowhere else before that is certain.
 */
final class MoveDeeds {
    private static final Duration JOB_ENDS = Duration.ofSeconds(30);
    private static final System.Logger LOG = System.getLogger(MoveDeeds.class.getName());

    private final String uri;
    private final Link link;
    private final GuestStore store;
    private final Acceleration.Kind acceleration;
    private final Signal domainChanged;
    private final Handovers handovers;
    private final Map<UUID, HandoverSeen> arrivals = new ConcurrentHashMap<>();

    MoveDeeds(
            String uri,
            Link link,
            GuestStore store,
            Acceleration.Kind acceleration,
            Signal domainChanged,
            Handovers handovers) {
        this.uri = uri;
        this.link = link;
        this.store = store;
        this.acceleration = acceleration;
        this.domainChanged = domainChanged;
        this.handovers = handovers;
    }

    /** An unreadable note is one of a departure that nobody knows the end of: the guest is not touched. */
    Optional<Departure> departure(UUID uid) {
        try {
            return store.departure(uid);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    Optional<String> ticket(UUID uid, long attempt) {
        return handovers.ticket(uid, attempt);
    }

    Optional<HandoverSeen> arrival(UUID uid) {
        return Optional.ofNullable(arrivals.get(uid));
    }

    /** Its disk is made anew: what an attempt before this one left there is not what the guest has now. */
    void await(Guest guest, Handover way) throws EngineFault, LibvirtError, IOException {
        arrivals.remove(guest.uid());
        var files = store.fetch(guest);
        store.prepare(guest, files, true);
        var tag = GuestTag.of(guest, GuestTag.Stage.ARRIVING);
        var tuning = store.tuning(guest);
        var xml = DomainXml.write(guest, tag, files, acceleration, tuning);
        link.tell(connection -> connection.define(xml));
        handovers.await(guest, way.attempt(), tag, files, tuning);
    }

    void letIn(Guest guest) throws EngineFault, LibvirtError {
        var uid = guest.uid();
        link.tell(connection -> connection.resume(uid));
        long attempt = guest.handover().map(Handover::attempt).orElse(0L);
        arrivals.put(uid, handovers.arrived(uid, attempt, link.ask(connection -> connection.lastJob(uid))));
        link.tell(connection -> connection.tag(uid, GuestTag.of(guest, GuestTag.Stage.SETTLED)));
        handovers.forget(uid);
    }

    void depart(Guest guest, Handover way) throws EngineFault, LibvirtError, IOException, InterruptedException {
        var begun = new Departure(guest.epoch(), way.attempt(), Departure.State.BEGUN, "");
        store.note(guest.uid(), begun);
        try (var word = handovers.lastWord(way)) {
            try (var own = Connection.open(uri, Events.NOBODY)) {
                handovers.send(guest, way, store.fetch(guest), own);
            } catch (LibvirtError | IOException failed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "guest {0} may have stayed: {1}",
                        guest.uid(),
                        failed.getMessage());
                recover(guest, begun, String.valueOf(failed.getMessage()));
                return;
            }
            gone(guest, begun);
            handovers.tellGone(way, word);
        }
    }

    /**
     * Finds out where the guest is after a departure whose end nobody saw, and lets it go on if it is here.
     *
     * @param why it may have stayed
     */
    void recover(Guest guest, Departure begun, String why)
            throws EngineFault, LibvirtError, IOException, InterruptedException {
        var uid = guest.uid();
        endJob(uid);
        var present = link.ask(connection -> connection.find(uid));
        if (present.filter(domain -> !domain.migratedAway()).isEmpty()) {
            gone(guest, begun);
            return;
        }
        if (present.get().stranded()) link.tell(connection -> connection.resume(uid));
        store.note(uid, new Departure(begun.epoch(), begun.attempt(), Departure.State.STAYED, why));
    }

    /** It is not here any more, nor awaited. */
    void forget(UUID uid) {
        handovers.forget(uid);
        arrivals.remove(uid);
    }

    /** Stops handing it over, if that is still possible; returns at once. */
    void callOff(UUID uid) {
        Thread.ofVirtual().name("call-off").start(() -> {
            try {
                link.tell(connection -> connection.abortJob(uid));
            } catch (LibvirtError | EngineFault late) {
                LOG.log(System.Logger.Level.DEBUG, "guest {0} is not called back: {1}", uid, late.getMessage());
            }
        });
    }

    private void gone(Guest guest, Departure begun) throws IOException {
        store.note(guest.uid(), new Departure(begun.epoch(), begun.attempt(), Departure.State.GONE, ""));
    }

    private void endJob(UUID uid) throws EngineFault, LibvirtError, InterruptedException {
        if (!hasJob(uid)) return;
        try {
            link.tell(connection -> connection.abortJob(uid));
        } catch (LibvirtError ended) {
            LOG.log(System.Logger.Level.DEBUG, "the job of guest {0} ended: {1}", uid, ended.getMessage());
        }
        if (!domainChanged.await(JOB_ENDS, () -> !hasJob(uid)))
            throw new EngineFault("libvirt is still handing over guest %s".formatted(uid));
    }

    private boolean hasJob(UUID uid) throws EngineFault, LibvirtError {
        try {
            return link.ask(connection -> connection.hasJob(uid));
        } catch (LibvirtError error) {
            if (error.noSuchDomain()) return false;
            throw error;
        }
    }
}
