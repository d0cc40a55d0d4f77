package regie.agent.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The room's proof that the lease of one condemned host has run out.
 *
 * <p>Let {@code g} bound the last grant of each granter from above: a promise that arrives at {@code a} and says {@code e} gives {@code
 * a - e}, for on the way it can only have grown older. The room's own last grant lies before the latest of its servers' bounds; of
 * one that doesn't answer it lies before the condemnation's commit plus {@link RoomVoice#FRESH}. Of {@code n} voters with the
 * majority {@code m}, once {@code n - m + 1} refuse, no majority has granted a beat later than the {@code (n - m + 1)}-th oldest bound.
 * What a grant gives lasts {@code hold + stop} from the sending of a beat, which came before the grant. So it is over {@link Margin}
 * of that later, under each of the terms that the host may be counting by.
 */
public final class RunOut {
    private final String host;
    private final long condemnation;
    private final List<Terms> possible;

    /** By granter, the earliest moment after which it has surely granted nothing. */
    private final Map<String, Long> bounds = new HashMap<>();

    private final Map<String, Long> servers = new HashMap<>();

    /**
     * @param possible as it stood when the condemnation was committed; terms made later are not handed to the condemned
     * @param servers of the room that may have granted by a list read before the commit; read after the commit
     * @param committed when the commit was known, or any later moment
     */
    public RunOut(String host, long condemnation, PossibleTerms possible, Set<String> servers, long committed) {
        this.host = host;
        this.condemnation = condemnation;
        this.possible = possible.terms();
        for (var server : servers) this.servers.put(server, committed + Margin.on(RoomVoice.FRESH.toNanos()));
        if (servers.isEmpty()) throw new IllegalArgumentException("the room has no server that condemned " + host);
    }

    /** A promise came in. One for another host or condemnation, or of somebody who doesn't count, changes nothing. */
    public void heard(Refused promise, long now) {
        if (!promise.host().equals(host) || promise.condemnation() != condemnation) return;
        long bound = now - promise.elapsedNanos();
        if (servers.containsKey(promise.by())) servers.merge(promise.by(), bound, Math::min);
        else bounds.merge(promise.by(), bound, Math::min);
    }

    /** From when on the lease has surely run out; empty while too few have promised, and for ever where it may have none. */
    public Optional<Long> provenFrom() {
        long latest = Long.MIN_VALUE;
        long room = servers.values().stream().reduce(Long.MIN_VALUE, Math::max);
        for (var terms : possible) {
            var voters = byVoters(terms);
            if (voters.isEmpty()) return Optional.empty();
            long last = Math.max(room, voters.get());
            latest = Math.max(latest, last + Margin.on(terms.profile().lengthNanos()));
        }
        return Optional.of(latest);
    }

    public boolean proven(long now) {
        return provenFrom().filter(from -> from <= now).isPresent();
    }

    private Optional<Long> byVoters(Terms terms) {
        if (!terms.profile().leased()) return Optional.empty();
        var oldest = new ArrayList<Long>();
        for (var voter : terms.voters()) {
            var bound = bounds.get(voter.host());
            if (bound != null) oldest.add(bound);
        }
        oldest.sort(Long::compare);
        return oldest.size() < terms.refusalsNeeded()
                ? Optional.empty()
                : Optional.of(oldest.get(terms.refusalsNeeded() - 1));
    }
}
