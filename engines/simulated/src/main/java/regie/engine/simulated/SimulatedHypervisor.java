package regie.engine.simulated;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Handover;
import regie.agent.contract.HandoverSeen;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.LiveMigration;
import regie.agent.contract.NumaNode;
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
    private final List<NumaNode> nodes;
    private final Timeline timeline;
    private final Map<UUID, SimulatedGuest> guests = new HashMap<>(4);
    private final Consoles consoles = new EchoConsoles(this::seen);
    private volatile Runnable listener = () -> {};
    private Optional<Consumer<Report>> witness = Optional.empty();
    private volatile Optional<Function<String, Optional<SimulatedHypervisor>>> neighbours = Optional.empty();

    private long newest;
    private long boots;
    private boolean dead;
    private int powerOns = 1;
    private Faults faults = Faults.NONE;
    private Optional<Report> frozen = Optional.empty();

    /** @param room what the host can give to guests in all; its NUMA nodes are not told */
    public SimulatedHypervisor(String host, Claim room, Timeline timeline) {
        this(host, room, List.of(), timeline);
    }

    /** @param nodes its NUMA nodes */
    public SimulatedHypervisor(String host, Claim room, List<NumaNode> nodes, Timeline timeline) {
        this.host = host;
        this.room = room;
        this.nodes = List.copyOf(nodes);
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
        return neighbours.map(_ -> _ -> {});
    }

    /** From now on guests can move to the hosts that {@code known} finds by name, and back: the lab's network needs no tunnel. */
    public void meet(Function<String, Optional<SimulatedHypervisor>> known) {
        neighbours = Optional.of(known);
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
        guests.replaceAll((_, guest) ->
                guest.alive() ? guest.now(State.CRASHED, host + " lost power") : guest.remembering(false));
        witnessed();
    }

    /** Power is back. Guests that ran stay crashed, as on every host: only a newer epoch starts them. */
    public void restart() {
        synchronized (this) {
            if (dead) powerOns++;
            dead = false;
        }
        listener.run();
    }

    /** Tells each time that the power came from all others; an agent that is started anew takes its hosts for in the first. */
    public synchronized String boot() {
        return UUID.nameUUIDFromBytes("%s %d".formatted(host, powerOns).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** How often the power came. */
    public synchronized int boots() {
        return powerOns;
    }

    /** Power is lost, and back {@code millis} later, unless it suffers from something else. */
    public void reboot(long millis) {
        var how = faults().reboots();
        if (how == Faults.Reboots.IGNORED || dead()) return;
        crash();
        if (how == Faults.Reboots.SUCCEED) timeline.after(millis, this::restart);
    }

    @Override
    public Optional<Ending> ending() {
        return Optional.of((Ending.Inside) this::stopAll);
    }

    private void stopAll() {
        synchronized (this) {
            guests.replaceAll((_, guest) -> guest.alive() ? guest.now(State.CRASHED, "its host's lease ended") : guest);
            witnessed();
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

    /** As {@link #kill}, of all guests at once. */
    public void killAll() {
        synchronized (this) {
            guests.replaceAll((_, guest) -> guest.alive() ? guest.now(State.CRASHED, "its process was killed") : guest);
            witnessed();
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
        WishRefused.unlessFit(wish, host, newest, givable(), nodes);
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
        wanted.values().stream().filter(SimulatedHypervisor::sets).forEach(this::depart);
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

    private static boolean sets(SimulatedGuest guest) {
        var attempt = guest.way().map(Handover::attempt);
        var tried = guest.progress().map(HandoverSeen::attempt);
        return guest.told(Handover.Side.DEPARTS) && guest.state() == State.RUNNING && !tried.equals(attempt);
    }

    private void depart(SimulatedGuest guest) {
        var way = guest.way().orElseThrow();
        guests.put(guest.uid(), guest.progress(HandoverSeen.underWay(way.attempt())));
        timeline.after(faults.moveMillis(), () -> goes(guest.uid(), way));
    }

    /** The memory goes over, this host lets go, and then says so: each of the three may be the last thing that happens. */
    private void goes(UUID guest, Handover way) {
        var obstacle = obstacle(guest, way);
        synchronized (this) {
            var now = guests.get(guest);
            if (now == null || !isUnderWay(now, way)) return;
            if (obstacle.isEmpty() && now.told(Handover.Side.DEPARTS)) {
                guests.put(guest, now.now(State.STOPPED, "").progress(HandoverSeen.departed(way.attempt())));
            } else {
                var why = obstacle.orElse("it was called off");
                guests.put(guest, now.progress(HandoverSeen.failed(way.attempt(), why)));
                obstacle = Optional.of(why);
            }
            witnessed();
        }
        if (obstacle.isEmpty() && faults().moves() != Faults.Moves.LOSE_WORD) {
            peer(way).ifPresent(peer -> peer.release(guest, way.attempt(), faults().moveMillis()));
        }
        listener.run();
    }

    private static boolean isUnderWay(SimulatedGuest guest, Handover way) {
        return guest.state() == State.RUNNING
                && guest.progress().equals(Optional.of(HandoverSeen.underWay(way.attempt())));
    }

    private Optional<String> obstacle(UUID guest, Handover way) {
        if (silent() || faults().moves() == Faults.Moves.FAIL) return Optional.of("told to fail");
        var peer = peer(way);
        if (peer.isEmpty()) return Optional.of(way.peer() + " can't be reached");
        return peer.get().receive(guest, host, way.attempt())
                ? Optional.empty()
                : Optional.of(way.peer() + " does not await it");
    }

    private Optional<SimulatedHypervisor> peer(Handover way) {
        return neighbours.flatMap(known -> known.apply(way.peer())).filter(peer -> !peer.silent());
    }

    /** The guest's memory is here from now on and stands still; false where it is not awaited from that host. */
    private synchronized boolean receive(UUID guest, String from, long attempt) {
        var awaited = Optional.ofNullable(guests.get(guest))
                .filter(now -> now.told(Handover.Side.ARRIVES) && now.at(HandoverSeen.Stage.READY))
                .filter(now -> now.way()
                        .filter(way -> way.peer().equals(from) && way.attempt() == attempt)
                        .isPresent());
        awaited.ifPresent(now -> guests.put(guest, now.remembering(true)));
        return awaited.isPresent();
    }

    /** The other host has let go: what was received runs. */
    private void release(UUID guest, long attempt, long millis) {
        synchronized (this) {
            var now = guests.get(guest);
            if (now == null
                    || !now.memory()
                    || !now.progress().map(HandoverSeen::attempt).equals(Optional.of(attempt))) return;
            guests.put(guest, now.arrived(millis));
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
            case HIDES_GUESTS -> report(List.of());
            case ALL_RUNNING -> report(seen(State.RUNNING));
            case FROZEN -> frozen.orElseGet(this::truth);
        };
    }

    /** In the order of uids: a report is the same however the guests came to be here. */
    private Report truth() {
        var seen = guests.values().stream().map(SimulatedGuest::seen);
        return report(seen.sorted(BY_UID).toList());
    }

    private Report report(List<GuestSeen> seen) {
        return new Report(host, newest, givable(), seen, neighbours.isPresent());
    }

    private List<GuestSeen> seen(State claimed) {
        var seen = guests.values().stream().map(guest -> guest.now(claimed, "").seen());
        return seen.sorted(BY_UID).toList();
    }
}
