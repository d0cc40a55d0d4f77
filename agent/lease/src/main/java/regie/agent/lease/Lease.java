package regie.agent.lease;

import java.util.List;
import java.util.Optional;

/**
 * The host's side: beats go out, answers come in, and until {@link #runUntil} guests may run.
 *
 * <p>The lease runs from the <em>sending</em> of a beat, so whatever happens to the answer on its way can only shorten it. It is
 * carried by the room, or by a majority of the voters. Once it has lapsed, voters can't bring it back: the room alone knows what was
 * started elsewhere meanwhile, perhaps on a proof that no voter was asked for.
 */
public final class Lease {
    /** What the host may do. */
    public sealed interface State {
        /** No lease: nothing is ever stopped for its sake. */
        record Free() implements State {}

        /** Guests may run until {@code until}, on the clock by which beats were numbered; then they have to be stopped. */
        record Held(long until) implements State {}

        /** Nothing may run, and nothing may be started before the room has granted a beat sent from now on. */
        record Lapsed(long since) implements State {}
    }

    /** A lapse: no beat up to this sequence can bring the lease back. */
    private record Lapse(long since, long sequence) {}

    /** Rounds that lie further apart tell of a host that stood still, not of a line that did. */
    private static final long STOOD_STILL_NANOS = LeaseProfile.BEAT.toNanos() * 3 / 2;

    private final String host;
    private final Beats beats;
    private final Hearing hearing = new Hearing();
    private final Counted counted;

    private Optional<Lapse> lapse;

    private List<Terms> written;
    private long settled;

    private Lease(String host, long incarnation, List<Terms> terms, long carriedUntil, Optional<Lapse> lapse) {
        this.host = host;
        this.beats = new Beats(incarnation);
        this.written = List.copyOf(terms);
        this.counted = new Counted(written, carriedUntil);
        this.lapse = lapse;
    }

    /**
     * For a host that has just booted, or whose guests were stopped: nothing may run before the room says so.
     *
     * @param incarnation never used before by this host
     * @param onDisk what {@link #written} was last told; empty where there is nothing: then nothing may run before terms were taken
     */
    public static Lease begun(String host, long incarnation, List<Terms> onDisk) {
        return new Lease(host, incarnation, onDisk, 0, Optional.of(new Lapse(0, 0)));
    }

    /**
     * For an agent that starts anew beside guests that run on.
     *
     * @param carriedUntil what {@link #runUntil} was when the warden last heard of it. It bounds the guests of an agent that finds no
     *     terms on its disk, too: that they were lost doesn't set the host free
     */
    public static Lease resumed(String host, long incarnation, List<Terms> onDisk, Optional<Long> carriedUntil) {
        var terms = onDisk.isEmpty() && carriedUntil.isEmpty() ? List.of(Terms.none(host)) : onDisk;
        return new Lease(host, incarnation, terms, carriedUntil.orElse(0L), Optional.empty());
    }

    /** New terms from the room. Older ones and those it has are passed over. They count from now on beside those before them. */
    public void take(Terms terms, long now) {
        if (!terms.host().equals(host))
            throw new IllegalArgumentException("terms of %s were sent to %s".formatted(terms.host(), host));
        observe(now);
        counted.take(terms);
        settle(now);
    }

    /** Number of the newest terms that it has taken, for the room; 0 where it has none. */
    public long newest() {
        return counted.terms().isEmpty() ? 0 : counted.terms().getLast().number();
    }

    /** What has to be on the disk; told to {@link #written} once it is. */
    public List<Terms> terms() {
        return counted.terms();
    }

    public void written(List<Terms> terms, long now) {
        written = List.copyOf(terms);
        observe(now);
        settle(now);
    }

    /** Whom to send beats to, beside the room. */
    public List<Terms.VoterAddress> voters() {
        return counted.voters();
    }

    /** Whoever watches over the guests has stopped them: that is final, even where an answer came at the last moment. */
    public void stopped(long now) {
        observe(now);
        if (lapse.isEmpty() && !counted.free()) lapse = Optional.of(new Lapse(now, beats.sequence()));
    }

    /** Begins the next round of beats. Called before any of them is sent: a beat counts from here. */
    public void round(long now) {
        observe(now);
        settle(now);
        if (beats.sent(beats.sequence())
                .filter(last -> now - last > STOOD_STILL_NANOS)
                .isPresent()) hearing.stoodStill();
        beats.next(now);
    }

    /**
     * This round's beat.
     *
     * @param receiver {@link Answer#ROOM}, or a voter's host
     */
    public Beat beat(String receiver, long now) {
        boolean hears = hearing.hears(receiver, now);
        hearing.sent(receiver, beats.sent(beats.sequence()).orElse(now));
        return new Beat(
                host, beats.incarnation(), beats.sequence(), settled, hears, !(state(now) instanceof State.Lapsed));
    }

    /** An answer came in, perhaps late, twice, or to another incarnation. */
    public void answered(Answer answer, long now) {
        observe(now);
        if (!answer.host().equals(host) || answer.incarnation() != beats.incarnation()) return;
        var sent = beats.sent(answer.sequence());
        if (sent.isEmpty()) return;
        if (!counts(answer.by())) return;
        hearing.heard(answer.by(), sent.get());
        if (answer.kind() != Answer.Kind.GRANTED) return;
        if (answer.by().equals(Answer.ROOM)
                && lapse.filter(last -> answer.sequence() > last.sequence()).isPresent()) lapse = Optional.empty();
        counted.granted(answer.by(), sent.get());
        settle(now);
    }

    private boolean counts(String by) {
        return by.equals(Answer.ROOM)
                || voters().stream().anyMatch(voter -> voter.host().equals(by));
    }

    public State state(long now) {
        observe(now);
        if (lapse.isPresent()) return new State.Lapsed(lapse.get().since());
        return counted.free() ? new State.Free() : new State.Held(counted.until());
    }

    /** Until when guests may run, for the warden; empty where nothing bounds it. Of a lapsed lease it has passed and stays where it was. */
    public Optional<Long> runUntil(long now) {
        return switch (state(now)) {
            case State.Free() -> Optional.empty();
            case State.Held(long until) -> Optional.of(until);
            case State.Lapsed(long since) -> Optional.of(since);
        };
    }

    /** An end that has passed is final, whatever answers are still on their way. */
    private void observe(long now) {
        if (lapse.isEmpty() && !counted.free() && counted.until() <= now)
            lapse = Optional.of(new Lapse(counted.until(), beats.sequence()));
    }

    private void settle(long now) {
        counted.settle(now);
        if (written.equals(counted.terms())) counted.settled(now).ifPresent(number -> settled = number);
    }
}
