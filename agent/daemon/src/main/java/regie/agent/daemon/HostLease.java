package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import regie.agent.channel.FromHost;
import regie.agent.channel.FromRoom;
import regie.agent.channel.RoomLine;
import regie.agent.contract.Report;
import regie.agent.contract.Timeline;
import regie.agent.contract.Wish;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Lease;
import regie.agent.lease.Lease.State;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Terms;

/**
 * The lease of one host, wired: rounds of beats to the room and to the voters, answers in, and the moment until which guests may run
 * onto the {@link Board} for the warden. It decides nothing itself: see {@link Lease}.
 */
final class HostLease implements AutoCloseable {
    private static final Logger LOG = System.getLogger("regie.agent.lease");
    private static final long ROUND_MILLIS = LeaseProfile.BEAT.toMillis();
    /** Every so many rounds: is there a warden, and what has the room to know of the others? */
    private static final int ROUNDS_PER_LOOK = 5;

    /** So many in a row, and the room hears that the host can hold no lease: a warden that is replaced is away for one. */
    private static final int UNWATCHED_LOOKS = 2;

    private static final long WARDEN_MILLIS_MAX = 3_000;
    private static final long WARDEN_LOOK_MILLIS = 10;

    private final String host;
    private final LeaseStore store;
    private final Path boards;
    private Board board;
    private final Warden warden;
    private final HostVote vote;
    private final Mesh mesh;
    private final Timeline timeline;
    private final LongSupplier clock;
    private final BooleanSupplier silent;
    private final Executor threads;
    private final Lease lease;
    private final boolean bootedFree;
    private List<Terms> written = List.of();
    private Optional<RoomLine> line = Optional.empty();
    private Runnable changed = () -> {};
    private long roomMillis = HostLoop.BEAT_MILLIS;
    private long untilRoomMillis;
    private long rounds;
    private boolean mayRun;
    private boolean beating;
    private boolean writing;
    private boolean closed;
    /** What the room was last told: whether somebody watches over the guests. */
    private boolean saidWatched;
    /** Looks in a row that found nobody watching. */
    private int unwatched;

    /** @param silent while true nobody hears of the host, nor it of anybody */
    record Surroundings(
            Mesh mesh,
            Timeline timeline,
            LongSupplier clock,
            BooleanSupplier silent,
            Executor threads,
            RandomGenerator chance) {}

    /**
     * How the board is watched.
     *
     * @param outside by another process, which has to be there before the room hears that this host can hold a lease
     * @param folder where the board is hung up
     */
    record Wardens(boolean outside, Path folder, Function<Supplier<Board>, Warden> over) {}

    /** @throws IOException where what is on the disk can't be read, or the board can't be hung up */
    HostLease(String host, LeaseStore store, Wardens wardens, HostVote vote, Surroundings around) throws IOException {
        this.host = host;
        this.store = store;
        this.vote = vote;
        mesh = around.mesh();
        timeline = around.timeline();
        clock = around.clock();
        silent = around.silent();
        threads = around.threads();
        long now = clock.getAsLong();
        var terms = store.terms();
        written = terms;
        boards = wardens.folder();
        var old = Board.find(boards);
        var bounded = old.map(Board::until).filter(until -> until != Board.UNBOUNDED);
        boolean free = bounded.isEmpty()
                && terms.stream().allMatch(each -> !each.profile().leased());
        long incarnation = around.chance().nextLong(1, Long.MAX_VALUE);
        if (free) {
            lease = Lease.resumed(host, incarnation, terms, Optional.empty());
        } else if (old.isPresent() && old.get().stopped() == old.get().heeded()) {
            lease = Lease.resumed(host, incarnation, terms, bounded);
        } else {
            lease = Lease.begun(host, incarnation, terms);
        }
        boolean shown = !free || wardens.outside();
        bootedFree = free && wardens.outside() && old.isEmpty();
        board = old.isPresent() ? old.get() : shown ? Board.make(boards, bound(now)) : Board.inMemory(bound(now));
        board.heeded(board.stopped());
        board.until(bound(now));
        mayRun = mayRun(now);
        warden = wardens.over().apply(this::board);
    }

    /** @param whenChanged is run whenever guests may run that might not, or may not that might */
    void start(RoomLine roomLine, Runnable whenChanged) {
        boolean leased;
        synchronized (this) {
            line = Optional.of(roomLine);
            changed = whenChanged;
            leased = !lease.voters().isEmpty() || board.until() != Board.UNBOUNDED;
        }
        vote.start(roomLine);
        if (leased) begin();
    }

    /**
     * No agent has been here since the host booted, and it has no lease that would have to be granted before anything runs: what the
     * host had may have been started elsewhere meanwhile.
     */
    boolean bootedFree() {
        return bootedFree;
    }

    private synchronized Board board() {
        return board;
    }

    /** To be called before any guest of the wish is started. */
    void expect(Wish wish) throws IOException {
        var guests = new HashSet<>(warden.guests());
        wish.guests().forEach(guest -> guests.add(guest.uid()));
        warden.guests(guests);
    }

    /** @param wish the newest taken */
    void saw(Report report, Optional<Wish> wish) throws IOException {
        var guests = new HashSet<UUID>();
        wish.ifPresent(it -> it.guests().forEach(guest -> guests.add(guest.uid())));
        report.guests().forEach(guest -> guests.add(guest.uid()));
        warden.guests(guests);
    }

    /** Returns once somebody watches over the guests, where they are to be watched from outside. */
    void awaitWarden() throws IOException, InterruptedException {
        long end = timeline.nowMillis() + WARDEN_MILLIS_MAX;
        warden.keep(clock.getAsLong());
        while (!warden.watches(clock.getAsLong())) {
            if (timeline.nowMillis() > end) throw new IOException("no warden looks at " + boards);
            timeline.pause(WARDEN_LOOK_MILLIS);
        }
    }

    /** True where guests may run, as far as anybody knows at this moment. */
    synchronized boolean mayRun() {
        return mayRun(clock.getAsLong());
    }

    private boolean mayRun(long now) {
        return !(lease.state(now) instanceof State.Lapsed);
    }

    private long bound(long now) {
        return lease.runUntil(now).orElse(Board.UNBOUNDED);
    }

    /** The room hears this host: what can it do? */
    void heard() {
        vote.toldNothing();
        say(warden.watches(clock.getAsLong()));
    }

    private void say(boolean watched) {
        long terms;
        synchronized (this) {
            saidWatched = watched;
            terms = lease.newest();
        }
        line().ifPresent(it -> it.lease(new FromHost.CanLease(watched, terms, mesh.address())));
    }

    /** The room's word. Returns at once. */
    void take(FromRoom.OfLease word) {
        switch (word) {
            case FromRoom.Answered answered -> answered(answered.answer());
            case FromRoom.Refusing refusing -> vote.take(refusing.refusals());
            case FromRoom.Termed termed -> threads.execute(() -> take(termed));
        }
    }

    private void take(FromRoom.Termed termed) {
        synchronized (this) {
            if (closed || !termed.terms().host().equals(host)) return;
            try {
                if (board.file().isEmpty() && termed.terms().profile().leased())
                    board = Board.make(boards, board.until());
            } catch (IOException failed) {
                LOG.log(
                        Level.WARNING,
                        "{0} takes no lease, for it can''t be shown to the warden: {1}",
                        host,
                        failed.getMessage());
                return;
            }
            lease.take(termed.terms(), clock.getAsLong());
            roomMillis = Math.max(ROUND_MILLIS, termed.beatMillis());
        }
        settle();
        begin();
    }

    private void begin() {
        synchronized (this) {
            if (beating) return;
            beating = true;
        }
        round();
    }

    private void round() {
        Optional<Beat> toRoom = Optional.empty();
        var toVoters = new HashMap<Terms.VoterAddress, Beat>();
        boolean look;
        synchronized (this) {
            if (closed) return;
            timeline.after(ROUND_MILLIS, this::round);
            long now = clock.getAsLong();
            heed(now);
            lease.round(now);
            board.until(bound(now)); // before a beat says that by these terms it is bounded
            untilRoomMillis -= ROUND_MILLIS;
            if (untilRoomMillis <= 0) {
                untilRoomMillis += roomMillis;
                toRoom = Optional.of(lease.beat(Answer.ROOM, now));
            }
            for (var voter : lease.voters()) toVoters.put(voter, lease.beat(voter.host(), now));
            look = ++rounds % ROUNDS_PER_LOOK == 1;
        }
        if (!silent.getAsBoolean()) {
            send(toRoom, toVoters);
            vote.listen();
        }
        settle();
        if (look) threads.execute(this::look);
    }

    private void send(Optional<Beat> toRoom, Map<Terms.VoterAddress, Beat> toVoters) {
        toRoom.ifPresent(beat -> line().ifPresent(it -> it.lease(new FromHost.Beating(beat))));
        toVoters.forEach(mesh::send);
    }

    private synchronized Optional<RoomLine> line() {
        return line;
    }

    void answered(Answer answer) {
        if (silent.getAsBoolean()) return;
        synchronized (this) {
            long now = clock.getAsLong();
            heed(now);
            lease.answered(answer, now);
        }
        settle();
    }

    /** The warden stops guests by the number on the board: that is final, whatever was granted in that moment. */
    private void heed(long now) {
        long stopped = board.stopped();
        if (stopped == board.heeded()) return;
        lease.stopped(now);
        board.heeded(stopped);
    }

    /** Tells the board, the disk and the host's loop what has become of the lease. */
    private void settle() {
        boolean turned;
        boolean unwritten;
        synchronized (this) {
            if (closed) return;
            long now = clock.getAsLong();
            board.until(bound(now));
            boolean may = mayRun(now);
            turned = may != mayRun;
            mayRun = may;
            unwritten = !writing && !lease.terms().equals(written);
            if (unwritten) writing = true;
        }
        if (turned)
            LOG.log(
                    mayRun ? Level.INFO : Level.WARNING,
                    mayRun ? "{0}: guests may run again" : "{0}: the lease has ended, and with it the guests",
                    host);
        if (turned) changed.run();
        if (unwritten) threads.execute(this::write);
    }

    private void write() {
        while (true) {
            List<Terms> terms;
            synchronized (this) {
                terms = lease.terms();
                if (terms.equals(written)) {
                    writing = false;
                    return;
                }
            }
            try {
                store.keep(terms);
            } catch (IOException failed) {
                LOG.log(
                        Level.WARNING,
                        "{0}: the terms of the lease can''t be written down: {1}",
                        host,
                        failed.getMessage());
                synchronized (this) {
                    writing = false; // the next round tries again
                }
                return;
            }
            synchronized (this) {
                written = terms;
                long now = clock.getAsLong();
                lease.written(terms, now);
                board.until(bound(now));
            }
        }
    }

    private void look() {
        vote.tell();
        try {
            warden.keep(clock.getAsLong());
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "{0}: nobody watches over the guests: {1}", host, failed.getMessage());
        }
        boolean watched = warden.watches(clock.getAsLong());
        boolean news;
        synchronized (this) {
            unwatched = watched ? 0 : unwatched + 1;
            news = watched ? !saidWatched : saidWatched && unwatched >= UNWATCHED_LOOKS;
        }
        if (news) say(watched);
    }

    /** Guests run on, and the warden watches on. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
