package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import regie.agent.channel.FromHost;
import regie.agent.channel.RoomLine;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Ears;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refusals;
import regie.agent.lease.Voter;

/** One host as a voter for others: answers their beats, listens for those that stop, and keeps its promises over its own death. */
final class HostVote {
    private static final Logger LOG = System.getLogger("regie.agent.lease");
    /** Whom it has missed for so long it no longer watches: the room has heard of it. */
    private static final long FORGOTTEN_NANOS = 600_000_000_000L;
    /** While beats come it is looked so often who is missing among them: a round of one's own may be a whole beat away. */
    private static final long LISTEN_NANOS = 50_000_000L;

    private final LeaseStore store;
    private final LongSupplier clock;
    private final BooleanSupplier silent;
    private final Executor threads;
    private final Voter voter;
    private final Ears ears = new Ears(LeaseProfile.BEAT);
    private final Set<String> known = new HashSet<>();
    private Optional<RoomLine> line = Optional.empty();
    private Optional<FromHost.Watching> told = Optional.empty();
    private Optional<Refusals> unwritten = Optional.empty();
    private boolean writing;
    private long listened;

    /** @param silent while true nobody hears of it, nor it of anybody */
    HostVote(String host, LeaseStore store, LongSupplier clock, BooleanSupplier silent, Executor threads)
            throws IOException {
        this.store = store;
        this.clock = clock;
        this.silent = silent;
        this.threads = threads;
        var onDisk = store.refusals();
        long now = clock.getAsLong();
        voter = onDisk.isPresent() ? Voter.remembering(host, onDisk.get(), now) : Voter.forgetful(host, now);
    }

    synchronized void start(RoomLine roomLine) {
        line = Optional.of(roomLine);
    }

    /** Empty where the host hears nothing. */
    Optional<Answer> heard(Beat beat) {
        if (silent.getAsBoolean()) return Optional.empty();
        synchronized (this) {
            long now = clock.getAsLong();
            ears.heard(beat, now);
            if (ears.knows(beat.host())) known.add(beat.host());
            if (now - listened >= LISTEN_NANOS) listen();
            return Optional.of(voter.heard(beat, now));
        }
    }

    void take(Refusals list) {
        synchronized (this) {
            if (!voter.take(list)) return;
            unwritten = Optional.of(list);
            if (writing) return;
            writing = true;
        }
        threads.execute(this::write);
    }

    private void write() {
        while (true) {
            Refusals list;
            synchronized (this) {
                if (unwritten.isEmpty()) {
                    writing = false;
                    break;
                }
                list = unwritten.get();
                unwritten = Optional.empty();
            }
            try {
                store.keep(list);
                synchronized (this) {
                    voter.written(list.number());
                }
            } catch (IOException failed) {
                LOG.log(
                        Level.WARNING,
                        "whom to refuse can''t be written down, so nothing is promised: {0}",
                        failed.getMessage());
            }
        }
        promise();
    }

    /** Tells the room what it needs to know; to be called about once a second. */
    void tell() {
        promise();
        listen();
    }

    /** The room has just begun to listen. */
    synchronized void toldNothing() {
        told = Optional.empty();
    }

    private synchronized void promise() {
        var promises = voter.refused(clock.getAsLong());
        if (!promises.isEmpty() && !silent.getAsBoolean())
            line.ifPresent(it -> it.lease(new FromHost.Promised(promises)));
    }

    /** Who is heard and who is missed, where that has changed. */
    synchronized void listen() {
        long now = clock.getAsLong();
        listened = now;
        known.removeIf(host -> ears.silentNanos(host, now)
                .filter(since -> since < FORGOTTEN_NANOS)
                .isEmpty());
        var misses = new TreeSet<String>();
        for (var host : known) if (ears.misses(host, now)) misses.add(host);
        var hears = new TreeSet<>(known);
        hears.removeAll(misses);
        var watching = new FromHost.Watching(List.copyOf(hears), List.copyOf(misses));
        if (told.equals(Optional.of(watching)) || silent.getAsBoolean()) return;
        told = Optional.of(watching);
        line.ifPresent(it -> it.lease(watching));
    }
}
