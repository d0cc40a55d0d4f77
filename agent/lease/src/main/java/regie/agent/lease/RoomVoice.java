package regie.agent.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The room's side as a granter, one for each server of the room. What is condemned is in the database; a server grants only by a list
 * of which it knows that it was true a moment ago. So a condemnation reaches every server's grants within {@link #FRESH}, whether or
 * not that server can be asked.
 */
public final class RoomVoice {
    /** A list that was read longer ago grants nothing. */
    public static final Duration FRESH = Duration.ofSeconds(1);

    private final String server;
    private final Grants grants;
    private Refusals refusals = Refusals.NONE;
    private Optional<Long> readAt = Optional.empty();

    /** @param server its name among the servers of the room */
    public RoomVoice(String server, long start) {
        this.server = server;
        this.grants = new Grants(start);
    }

    /** @param asked when the reading <em>began</em>: what is committed later may be missing from the list */
    public void read(Refusals list, long asked) {
        if (list.number() < refusals.number()) return;
        refusals = list;
        readAt = Optional.of(Math.max(asked, readAt.orElse(asked)));
    }

    public Answer heard(Beat beat, long now) {
        if (refusals.condemned().containsKey(beat.host())) return Answer.to(beat, Answer.ROOM, Answer.Kind.REFUSED);
        // To one that hears nothing a grant would only lengthen the time until it is proven gone.
        if (!beat.hears() || readAt.filter(at -> now - at < FRESH.toNanos()).isEmpty())
            return Answer.to(beat, Answer.ROOM, Answer.Kind.ABSTAINED);
        grants.granted(beat.host(), now);
        return Answer.to(beat, Answer.ROOM, Answer.Kind.GRANTED);
    }

    /** This server's promises, to be written down for the server that holds the proof together. */
    public List<Refused> refused(long now) {
        var promises = new ArrayList<Refused>();
        refusals.condemned()
                .forEach((host, number) -> promises.add(new Refused(server, host, number, grants.elapsed(host, now))));
        promises.sort((a, b) -> a.host().compareTo(b.host()));
        return promises;
    }
}
