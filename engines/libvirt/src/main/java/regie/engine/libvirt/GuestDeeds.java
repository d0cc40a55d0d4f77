package regie.engine.libvirt;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import regie.agent.contract.EngineFault;
import regie.agent.contract.Guest;

/**
 * Carries out one step of one guest. Every deed first notes in libvirt what it is about to do, so that it is begun again
 * where it was interrupted.
 */
final class GuestDeeds {
    /** Starting a guest takes a CPU for about 0.3 s; more at once would only be later all together. */
    private static final int STARTS_AT_ONCE = 4;
    /** A guest that still boots is deaf to its power button, so it is pressed again; after 10 s in all the power is cut. */
    private static final int POWER_BUTTON_PRESSES = 5;

    private static final Duration BETWEEN_PRESSES = Duration.ofSeconds(2);

    private final Link link;
    private final GuestStore store;
    private final Acceleration.Kind acceleration;
    private final Signal domainChanged;
    private final MoveDeeds moves;
    private final Semaphore starts = new Semaphore(STARTS_AT_ONCE, true);

    GuestDeeds(Link link, GuestStore store, Acceleration.Kind acceleration, Signal domainChanged, MoveDeeds moves) {
        this.link = link;
        this.store = store;
        this.acceleration = acceleration;
        this.domainChanged = domainChanged;
        this.moves = moves;
    }

    /**
     * @throws EngineFault where libvirt went away in the midst: to be tried again
     * @throws LibvirtError where libvirt refuses: this guest's failure
     * @throws IOException where its files can't be had or made: this guest's failure
     */
    void carryOut(UUID uid, Step step) throws EngineFault, LibvirtError, IOException, InterruptedException {
        switch (step) {
            case Step.Leave() -> {}
            case Step.Remove() -> remove(uid);
            case Step.Await(var guest, var way) -> moves.await(guest, way);
            case Step.LetIn(var guest) -> moves.letIn(guest);
            case Step.Depart(var guest, var way) -> moves.depart(guest, way);
            case Step.Recover(var guest, var begun) -> moves.recover(guest, begun, "the agent ended meanwhile");
            case Step.GoOn(var guest) -> link.tell(connection -> connection.resume(guest.uid()));
            case Step.Stop(var guest, var build) -> stop(guest, build);
            case Step.Start(var guest, var build, var gently) -> start(guest, build, gently);
        }
    }

    private void start(Guest guest, boolean build, boolean gently)
            throws EngineFault, LibvirtError, IOException, InterruptedException {
        var files = store.fetch(guest);
        var tag = GuestTag.of(guest, build ? GuestTag.Stage.BUILDING : GuestTag.Stage.STARTING);
        define(guest, tag, files);
        end(guest.uid(), gently);
        starts.acquire();
        try {
            store.prepare(guest, files, build);
            link.tell(connection -> connection.start(guest.uid()));
        } finally {
            starts.release();
        }
        link.tell(connection -> connection.tag(guest.uid(), tag.settled()));
    }

    private void stop(Guest guest, boolean build) throws EngineFault, LibvirtError, IOException, InterruptedException {
        var tag = GuestTag.of(guest, build ? GuestTag.Stage.BUILDING : GuestTag.Stage.SETTLED);
        if (find(guest.uid()).isEmpty()) {
            define(guest, tag, store.files(guest));
        } else {
            link.tell(connection -> connection.tag(guest.uid(), tag));
            end(guest.uid(), true);
        }
    }

    private void remove(UUID uid) throws EngineFault, LibvirtError, IOException, InterruptedException {
        if (find(uid).isPresent()) {
            end(uid, false);
            link.tell(connection -> connection.undefine(uid));
        }
        store.remove(uid);
        moves.forget(uid);
    }

    private void define(Guest guest, GuestTag tag, GuestFiles files) throws EngineFault, LibvirtError, IOException {
        try {
            var xml = DomainXml.write(guest, tag, files, acceleration, store.tuning(guest));
            link.tell(connection -> connection.define(xml));
        } catch (IllegalArgumentException bad) {
            throw new LibvirtError("the guest can't be described: " + bad.getMessage());
        }
    }

    /** Ends its process, if it has one; {@code gently} gives it time to do so itself. */
    private void end(UUID uid, boolean gently) throws EngineFault, LibvirtError, InterruptedException {
        if (isOff(uid)) return;
        try {
            if (gently) {
                for (int press = 0; press < POWER_BUTTON_PRESSES; press++) {
                    link.tell(connection -> connection.shutdown(uid));
                    if (domainChanged.await(BETWEEN_PRESSES, () -> isOff(uid))) return;
                }
            }
            link.tell(connection -> connection.destroy(uid));
        } catch (LibvirtError error) {
            if (!isOff(uid)) throw error; // else it went by itself at that moment
        }
    }

    private boolean isOff(UUID uid) throws EngineFault, LibvirtError {
        return find(uid).filter(DomainSeen::active).isEmpty();
    }

    Optional<DomainSeen> find(UUID uid) throws EngineFault, LibvirtError {
        return link.ask(connection -> connection.find(uid));
    }
}
