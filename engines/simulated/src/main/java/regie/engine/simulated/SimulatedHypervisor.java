package regie.engine.simulated;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.Report;
import regie.agent.contract.Timeline;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.engine.simulated.Faults.Contact;

/**
 * A host in memory: it keeps the contract of a real one and suffers what it is told to suffer. It has no thread and no
 * file, so one JVM holds tens of thousands; the same calls on the same timeline give the same reports.
 */
public final class SimulatedHypervisor implements Hypervisor {
    private static final Comparator<GuestSeen> BY_UID = Comparator.comparing(GuestSeen::uid);

    private final String host;
    private final Claim room;
    private final Timeline timeline;
    private final Map<UUID, SimulatedGuest> guests = new HashMap<>(4);
    private final Consoles consoles = new EchoConsoles(this::seen);
    private volatile Runnable listener = () -> {};
    private Optional<Consumer<Report>> witness = Optional.empty();

    private long newest;
    private long boots;
    private boolean dead;
    private Faults faults = Faults.NONE;
    private Optional<Report> frozen = Optional.empty();

    /** @param room what the host can give to guests in all */
    public SimulatedHypervisor(String host, Claim room, Timeline timeline) {
        this.host = host;
        this.room = room;
        this.timeline = timeline;
    }

    @Override
    public Report apply(Wish wish) throws WishRefused, EngineFault {
        hear();
        return answer(carryOut(wish));
    }

    @Override
    public Report observe() throws EngineFault {
        hear();
        return answer(tell());
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
    public void close() {
        listener = () -> {};
    }

    /**
     * Tells {@code other} the truth, whatever the host is made to say: now, and after each change before anybody else learns of
     * it. It must be short and may not call back.
     */
    public synchronized void witness(Consumer<Report> other) {
        witness = Optional.of(other);
        witnessed();
    }

    private void witnessed() {
        if (witness.isPresent()) witness.get().accept(truth());
    }

    /** From now on suffers {@code other} in place of what it suffered before. */
    public synchronized void suffer(Faults other) {
        frozen = other.lie() == Faults.Lie.FROZEN ? Optional.of(truth()) : Optional.empty();
        faults = other;
    }

    public synchronized Faults faults() {
        return faults;
    }

    /** Power is lost: no guest runs and nobody answers until {@link #restart}. Disks and the newest wish survive. */
    public synchronized void crash() {
        dead = true;
        guests.replaceAll((_, guest) -> guest.alive() ? guest.now(State.CRASHED, host + " lost power") : guest);
        witnessed();
    }

    /** Power is back. Guests that ran stay crashed, as on every host: only a newer epoch starts them. */
    public void restart() {
        synchronized (this) {
            dead = false;
        }
        listener.run();
    }

    /** The process of one guest ends by itself; nothing where it does not run. */
    public void kill(UUID guest) {
        synchronized (this) {
            guests.computeIfPresent(
                    guest, (_, was) -> was.alive() ? was.now(State.CRASHED, "its process was killed") : was);
        }
        listener.run();
    }

    /**
     * The host as it stands after its agent was started anew: guests outlive their agent, so those of {@code wish}, the
     * newest that the agent took, run on untouched.
     */
    public synchronized void resume(Wish wish) {
        newest = wish.generation();
        for (var guest : wish.guests()) {
            var started = SimulatedGuest.next(Optional.empty(), guest, ++boots);
            guests.put(guest.uid(), started.alive() ? started.now(State.RUNNING, "") : started);
        }
        witnessed();
    }

    /** True between {@link #crash} and {@link #restart}. */
    public synchronized boolean dead() {
        return dead;
    }

    /** True where nobody outside hears anything of this host: its agent is as silent as its engine. */
    public synchronized boolean silent() {
        return dead || faults.contact() == Contact.PARTITIONED;
    }

    private void hear() throws EngineFault {
        long millis = faults().answerMillis();
        if (millis > 0) {
            try {
                timeline.pause(millis);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new EngineFault(host + " was interrupted before it answered", interrupted);
            }
        }
        if (silent()) throw new EngineFault(host + " does not answer");
    }

    private Report answer(Report report) throws EngineFault {
        if (faults().contact() == Contact.LOSES_ANSWERS)
            throw new EngineFault("the answer of %s was lost".formatted(host));
        return report;
    }

    private synchronized Report carryOut(Wish wish) throws WishRefused {
        WishRefused.unlessFit(wish, host, newest, givable());
        newest = wish.generation();
        long before = boots;
        var wanted = HashMap.<UUID, SimulatedGuest>newHashMap(wish.guests().size());
        for (var guest : wish.guests()) {
            var present = Optional.ofNullable(guests.get(guest.uid()));
            wanted.put(guest.uid(), SimulatedGuest.next(present, guest, ++boots));
        }
        guests.clear();
        guests.putAll(wanted);
        wanted.values().stream()
                .filter(guest -> guest.state() == State.STARTING && guest.boot() > before)
                .forEach(this::boot);
        witnessed();
        return tell();
    }

    private void boot(SimulatedGuest guest) {
        if (faults.bootMillis() == 0) {
            guests.put(guest.uid(), booted(guest));
        } else {
            timeline.after(faults.bootMillis(), () -> bootEnds(guest));
        }
    }

    private void bootEnds(SimulatedGuest guest) {
        synchronized (this) {
            guests.computeIfPresent(
                    guest.uid(),
                    (_, now) -> now.state() == State.STARTING && now.boot() == guest.boot() ? booted(now) : now);
            witnessed();
        }
        listener.run();
    }

    private SimulatedGuest booted(SimulatedGuest guest) {
        return faults.bootFails() ? guest.now(State.FAILED, "told to fail") : guest.now(State.RUNNING, "");
    }

    private Claim givable() {
        return faults.full()
                ? guests.values().stream().map(SimulatedGuest::claim).reduce(Claim.NOTHING, Claim::plus)
                : room;
    }

    private synchronized Optional<SimulatedGuest> seen(UUID guest) {
        return Optional.ofNullable(guests.get(guest));
    }

    private synchronized Report tell() {
        return switch (faults.lie()) {
            case NONE -> truth();
            case HIDES_GUESTS -> new Report(host, newest, givable(), List.of());
            case ALL_RUNNING -> new Report(host, newest, givable(), seen(State.RUNNING));
            case FROZEN -> frozen.orElseGet(this::truth);
        };
    }

    /** In the order of uids: a report is the same however the guests came to be here. */
    private Report truth() {
        var seen = guests.values().stream().map(SimulatedGuest::seen);
        return new Report(host, newest, givable(), seen.sorted(BY_UID).toList());
    }

    private List<GuestSeen> seen(State claimed) {
        var seen = guests.values().stream().map(guest -> guest.now(claimed, "").seen());
        return seen.sorted(BY_UID).toList();
    }
}
