package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import regie.agent.channel.FromRoom;
import regie.agent.channel.HostSide;
import regie.agent.channel.RoomLine;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.Report;
import regie.agent.contract.Timeline;
import regie.agent.contract.Vitals;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.agent.contract.WishRefused.Reason;

/**
 * One host: take the newest wish, make it so, tell what is seen. It takes no hint of what changed; waking it late, twice or
 * for nothing comes to the same. One pass runs at a time, and what arrives meanwhile is seen by the next.
 */
final class HostLoop implements HostSide, AutoCloseable {
    static final long BEAT_MILLIS = 1_000;
    static final int BEATS_PER_REPORT = 10;
    private static final long AGAIN_MILLIS = 1_000;
    private static final long AGAIN_MILLIS_MAX = 16_000;
    private static final Logger LOG = System.getLogger("regie.agent.host");

    private final String host;
    private final Engine engine;
    private final WishStore store;
    private final Timeline timeline;
    private final Executor threads;

    private Optional<RoomLine> line = Optional.empty();
    private Optional<ConsoleDesk> consoles = Optional.empty();
    private Optional<HostLease> lease = Optional.empty();
    private Optional<Wish> newest;
    private Optional<Wish> wanted;
    private Optional<Report> told = Optional.empty();
    private Optional<Claim> room = Optional.empty();
    private long againMillis = AGAIN_MILLIS;
    private int beats;
    private long looked;
    private String leftBoot = "";
    private boolean woken;
    private boolean busy;
    private boolean silent;
    private boolean closed;

    /** @throws IOException where the newest wish taken can't be read: the host is then left alone */
    HostLoop(String host, Engine engine, WishStore store, Timeline timeline, Executor threads) throws IOException {
        this.host = host;
        this.engine = engine;
        this.store = store;
        this.timeline = timeline;
        this.threads = threads;
        looked = timeline.nowMillis();
        newest = store.newest(host);
        wanted = newest;
    }

    /** @param offsetMillis of the first beat, so that not all hosts beat at one time */
    void start(RoomLine roomLine, ConsoleDesk desk, Optional<HostLease> hostLease, long offsetMillis) {
        synchronized (this) {
            line = Optional.of(roomLine);
            consoles = Optional.of(desk);
            lease = hostLease;
            if (hostLease.filter(HostLease::bootedFree).isPresent())
                wanted = Optional.empty(); // the room says what holds now
        }
        hostLease.ifPresent(it -> {
            it.start(roomLine, this::leaseTurned);
            it.heard(); // the room may have begun to listen before
        });
        engine.hypervisor().onChange(this::wake);
        timeline.after(offsetMillis, this::beat);
        wake();
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public synchronized long newestGeneration() {
        return newest.map(Wish::generation).orElse(0L);
    }

    Engine engine() {
        return engine;
    }

    Hypervisor hypervisor() {
        return engine.hypervisor();
    }

    /** The newest wish taken. */
    synchronized Optional<Wish> newest() {
        return newest;
    }

    @Override
    public void heard() {
        synchronized (this) {
            told = Optional.empty();
        }
        lease().ifPresent(HostLease::heard);
        wake();
    }

    @Override
    public void lease(FromRoom.OfLease word) {
        lease().ifPresent(it -> it.take(word));
    }

    /** What may not run is off until it may; what may run again is what the newest wish says. */
    private void leaseTurned() {
        synchronized (this) {
            if (wanted.isEmpty()) wanted = newest;
        }
        wake();
    }

    private synchronized Optional<HostLease> lease() {
        return lease;
    }

    @Override
    public void wish(Wish wish) {
        Optional<Wish> newer;
        synchronized (this) {
            if (engine.silent().getAsBoolean()) return;
            newer = wanted.filter(other -> other.generation() > wish.generation());
            if (newer.isEmpty()) wanted = Optional.of(wish);
        }
        if (newer.isPresent()) {
            refuse(
                    wish,
                    Reason.STALE,
                    "generation %d is on its way".formatted(newer.get().generation()));
        } else {
            wake();
        }
    }

    @Override
    public void openConsole(UUID session, UUID guest) {
        desk().ifPresent(desk -> desk.open(session, guest));
    }

    @Override
    public void readConsoleLog(long request, UUID guest, int bytesMax) {
        desk().ifPresent(desk -> desk.log(request, guest, bytesMax));
    }

    private synchronized Optional<ConsoleDesk> desk() {
        return engine.silent().getAsBoolean() ? Optional.empty() : consoles;
    }

    private void beat() {
        boolean report;
        Optional<RoomLine> back = Optional.empty();
        synchronized (this) {
            if (closed) return;
            boolean wasSilent = silent;
            silent = engine.silent().getAsBoolean();
            if (!silent) line.ifPresent(this::beat);
            if (wasSilent && !silent) back = line;
            report = ++beats % BEATS_PER_REPORT == 0;
            if (report) told = Optional.empty();
        }
        timeline.after(BEAT_MILLIS, this::beat);
        back.ifPresent(RoomLine::again); // what the room said meanwhile was not heard
        if (report) wake();
    }

    private void beat(RoomLine to) {
        to.beat();
        var machine = engine.machine();
        var disk = machine.disk();
        to.examined(new Vitals(
                machine.boot(),
                machine.mayReboot(),
                timeline.nowMillis() - looked,
                disk.stalledMillis(),
                disk.fault()));
    }

    @Override
    public void reboot(String boot) {
        synchronized (this) {
            if (leftBoot.equals(boot) || engine.silent().getAsBoolean() || !isIn(boot)) return;
            leftBoot = boot;
        }
        threads.execute(this::reboot);
    }

    private boolean isIn(String boot) {
        var machine = engine.machine();
        return machine.mayReboot() && !boot.isEmpty() && machine.boot().equals(boot);
    }

    /** The engine itself has the last word on whether anything runs here. */
    private void reboot() {
        try {
            long running = hypervisor().observe().guests().stream()
                    .filter(HostLoop::runs)
                    .count();
            if (running == 0) {
                LOG.log(Level.WARNING, "{0} boots anew, as the room says", host);
                engine.machine().reboot();
                return;
            }
            LOG.log(Level.WARNING, "{0} does not boot anew: {1} guests run on it", host, running);
        } catch (EngineFault | IOException failed) {
            LOG.log(Level.WARNING, "{0} does not boot anew: {1}", host, failed.getMessage());
        }
        synchronized (this) {
            leftBoot = ""; // it is tried again when that is said again
        }
    }

    private static boolean runs(GuestSeen guest) {
        return guest.state() == GuestSeen.State.RUNNING || guest.state() == GuestSeen.State.STARTING;
    }

    private void wake() {
        synchronized (this) {
            woken = true;
            if (busy || closed) return;
            busy = true;
        }
        threads.execute(this::passes);
    }

    private void passes() {
        while (true) {
            Optional<Wish> wish;
            synchronized (this) {
                if (!woken || closed) {
                    busy = false;
                    return;
                }
                woken = false;
                wish = wanted;
            }
            if (!engine.silent().getAsBoolean()) pass(wish);
        }
    }

    private void pass(Optional<Wish> wish) {
        try {
            var report = look(wish);
            synchronized (this) {
                looked = timeline.nowMillis();
            }
            tell(report);
            settled(wish);
        } catch (WishRefused refused) {
            settled(wish);
            wish.ifPresent(it -> refuse(it, refused.reason(), String.valueOf(refused.getMessage())));
        } catch (EngineFault | IOException failed) {
            LOG.log(Level.WARNING, "{0}: {1}; trying again in {2} ms", host, failed.getMessage(), againMillis);
            timeline.after(againMillis, this::wake);
            againMillis = Math.min(2 * againMillis, AGAIN_MILLIS_MAX);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, host + ": a pass failed; the next report or wish begins another", bug);
        }
    }

    /** On the disk first: after a crash at any moment from here on, no older wish is taken. */
    private Report take(Wish wish) throws WishRefused, EngineFault, IOException {
        var known = newest();
        WishRefused.unlessFit(
                wish,
                host,
                known.map(Wish::generation).orElse(0L),
                room(),
                engine.hypervisor().nodes());
        if (!known.equals(Optional.of(wish))) {
            store.keep(wish);
            synchronized (this) {
                newest = Optional.of(wish);
            }
        }
        var guarded = lease();
        if (guarded.isEmpty()) return engine.hypervisor().apply(wish);
        guarded.get().expect(wish);
        return engine.hypervisor().apply(guarded.get().mayRun() ? wish : wish.still());
    }

    private Report look(Optional<Wish> wish) throws WishRefused, EngineFault, IOException {
        var report = wish.isPresent() ? take(wish.get()) : engine.hypervisor().observe();
        var guarded = lease();
        if (guarded.isPresent()) guarded.get().saw(report, newest());
        return report;
    }

    private Claim room() throws EngineFault {
        var known = room;
        return known.isPresent() ? known.get() : engine.hypervisor().observe().room();
    }

    private synchronized void settled(Optional<Wish> wish) {
        againMillis = AGAIN_MILLIS;
        if (wanted.equals(wish)) wanted = Optional.empty();
    }

    private void refuse(Wish wish, Reason reason, String detail) {
        LOG.log(Level.WARNING, "{0} refuses generation {1}: {2}", host, wish.generation(), detail);
        line().ifPresent(it -> it.refused(wish.generation(), reason, detail));
    }

    private void tell(Report report) {
        synchronized (this) {
            room = Optional.of(report.room());
            if (told.equals(Optional.of(report))) return;
            told = Optional.of(report);
        }
        line().ifPresent(it -> it.report(report));
    }

    private synchronized Optional<RoomLine> line() {
        return line;
    }

    /** Lets go of the room and of the engine; guests run on. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        lease().ifPresent(HostLease::close);
        line().ifPresent(RoomLine::close);
        engine.hypervisor().close();
    }
}
