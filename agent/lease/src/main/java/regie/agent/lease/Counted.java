package regie.agent.lease;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The terms a host counts by, and the newest beats granted. While it goes from one to the next both count, so that no moment between
 * them lacks a lease; the room has to take both into account until it hears that the new ones are settled.
 */
final class Counted {
    /** Of what was never granted. All else is later. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    /** The last is the one on its way in, where there are two; none where the disk had none. */
    private List<Terms> terms;

    /** By granter, the sending of the newest beat it granted. */
    private final Map<String, Long> granted = new HashMap<>();

    /** What was owed to terms that no longer count. */
    private long carriedUntil;

    // Follow from the above; asked for at every step.
    private List<Terms.VoterAddress> voters = List.of();
    private boolean free;
    private long until;

    Counted(List<Terms> terms, long carriedUntil) {
        this.carriedUntil = carriedUntil;
        this.terms = List.copyOf(terms);
        count(this.terms);
    }

    List<Terms> terms() {
        return terms;
    }

    List<Terms.VoterAddress> voters() {
        return voters;
    }

    boolean free() {
        return free;
    }

    /** Until when guests may run. Only where it is not {@link #free}. */
    long until() {
        return until;
    }

    void granted(String by, long sent) {
        granted.merge(by, sent, Math::max);
        until = latest();
    }

    void take(Terms next) {
        if (terms.isEmpty()) {
            count(List.of(next));
        } else if (next.number() > terms.getLast().number()) {
            // Terms that were still on their way in are overtaken: what they gave is carried, they count no more.
            for (var overtaken : terms.subList(1, terms.size())) carry(overtaken);
            count(List.of(terms.getFirst(), next));
        }
    }

    /** Leaves the old terms as soon as the new ones would do without the room. */
    void settle(long now) {
        if (terms.size() < 2) return;
        var next = terms.getLast();
        if (next.profile().leased() && byVoters(next) <= now) return;
        carry(terms.getFirst());
        count(List.of(next));
    }

    /** The number of the only terms that count, once they have outlasted what was owed to those before. */
    Optional<Long> settled(long now) {
        if (terms.size() != 1) return Optional.empty();
        boolean outlasted = free || carriedUntil <= now || of(terms.getFirst()) >= carriedUntil;
        return outlasted ? Optional.of(terms.getFirst().number()) : Optional.empty();
    }

    private void carry(Terms left) {
        if (left.profile().leased()) carriedUntil = Math.max(carriedUntil, of(left));
    }

    private void count(List<Terms> now) {
        terms = now;
        var newest = new LinkedHashMap<String, Terms.VoterAddress>();
        for (var each : terms) each.voters().forEach(voter -> newest.put(voter.host(), voter));
        voters = List.copyOf(newest.values());
        // What was granted by nobody who counts any more is forgotten, so that the map stays small.
        granted.keySet().removeIf(by -> !by.equals(Answer.ROOM) && !newest.containsKey(by));
        free = terms.stream().anyMatch(each -> !each.profile().leased());
        until = latest();
    }

    private long latest() {
        long latest = carriedUntil;
        for (var each : terms) latest = Math.max(latest, of(each));
        return latest;
    }

    private long of(Terms each) {
        return Math.max(
                granted.getOrDefault(Answer.ROOM, NEVER) + each.profile().holdNanos(), byVoters(each));
    }

    /** A majority has granted beats as new as the majority-th newest. */
    private long byVoters(Terms each) {
        int count = each.voters().size();
        if (count == 0) return NEVER;
        var sent = new long[count];
        for (int i = 0; i < count; i++)
            sent[i] = granted.getOrDefault(each.voters().get(i).host(), NEVER);
        Arrays.sort(sent);
        return sent[count - each.majority()] + each.profile().holdNanos();
    }
}
