package regie.agent.lease;

import java.util.ArrayList;
import java.util.List;

/**
 * An agent's side as a voter for others. It grants whoever beats, unless told to refuse: whether its grant counts is a matter of the
 * host's terms, so a voter needs to know of none.
 */
public final class Voter {
    private final String name;
    private final Grants grants;
    private final long abstainsUntil;
    private Refusals refusals;

    /** What is on the disk; a promise counts once it would outlive this process. */
    private long writtenNumber;

    private Voter(String name, Refusals onDisk, long start, long abstainsUntil) {
        this.name = name;
        this.grants = new Grants(start);
        this.refusals = onDisk;
        this.writtenNumber = onDisk.number();
        this.abstainsUntil = abstainsUntil;
    }

    /** @param onDisk the newest that {@link #written} was told of */
    public static Voter remembering(String name, Refusals onDisk, long start) {
        return new Voter(name, onDisk, start, start);
    }

    /**
     * For an agent that finds nothing on its disk: it may have made promises that it has forgotten. It grants nothing until whoever it
     * may have refused has run out; after that only the room can bring the lease of such a host back.
     */
    public static Voter forgetful(String name, long start) {
        return new Voter(name, Refusals.NONE, start, start + Margin.on(LeaseProfile.SAFE.lengthNanos()));
    }

    public Answer heard(Beat beat, long now) {
        if (refusals.condemned().containsKey(beat.host())) return Answer.to(beat, name, Answer.Kind.REFUSED);
        // What it can't hear would carry nothing but the time until it is proven gone.
        if (now < abstainsUntil || !beat.hears()) return Answer.to(beat, name, Answer.Kind.ABSTAINED);
        grants.granted(beat.host(), now);
        return Answer.to(beat, name, Answer.Kind.GRANTED);
    }

    /** Refuses from now on whom {@code list} names, and no other. True where it is new and has to be written to the disk. */
    public boolean take(Refusals list) {
        if (list.number() <= refusals.number()) return false;
        refusals = list;
        return true;
    }

    /** The list of this number, or a newer one, is on the disk. */
    public void written(long number) {
        writtenNumber = Math.max(writtenNumber, number);
    }

    /** Its promises, for the room, in the order of hosts; none while the newest list is not on the disk. */
    public List<Refused> refused(long now) {
        if (writtenNumber < refusals.number()) return List.of();
        var promises = new ArrayList<Refused>();
        refusals.condemned()
                .forEach((host, number) -> promises.add(new Refused(name, host, number, grants.elapsed(host, now))));
        promises.sort((a, b) -> a.host().compareTo(b.host()));
        return promises;
    }
}
