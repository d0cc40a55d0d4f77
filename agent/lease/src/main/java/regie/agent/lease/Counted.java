package regie.agent.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The terms a host counts by, and the newest beats granted. While it goes from one to the next both count, so that no moment between
 * them lacks a lease; the room has to take both into account until it hears that the new ones are settled.
 */
final class Counted {
    /** The last is the one on its way in, where there are two. */
    private List<Terms> terms;

    /** By granter, the sending of the newest beat it granted. */
    private final Map<String, Long> granted = new HashMap<>();

    /** What was owed to terms that no longer count. */
    private long carriedUntil;

    Counted(List<Terms> terms, long carriedUntil) {
        this.terms = List.copyOf(terms);
        this.carriedUntil = carriedUntil;
    }

    List<Terms> terms() {
        return terms;
    }

    List<Terms.VoterAddress> voters() {
        var newest = new LinkedHashMap<String, Terms.VoterAddress>();
        for (var each : terms) each.voters().forEach(voter -> newest.put(voter.host(), voter));
        return List.copyOf(newest.values());
    }

    void granted(String by, long sent) {
        granted.merge(by, sent, Math::max);
    }

    void take(Terms next) {
        if (next.number() <= terms.getLast().number()) return;
        // Terms that were still on their way in are overtaken: what they gave is carried, they count no more.
        for (var overtaken : terms.subList(1, terms.size())) carry(overtaken);
        terms = List.of(terms.getFirst(), next);
        forget();
    }

    /** Leaves the old terms as soon as the new ones would do without the room. */
    void settle(long now) {
        if (terms.size() < 2) return;
        var next = terms.getLast();
        if (next.profile().leased() && byVoters(next).orElse(0L) <= now) return;
        carry(terms.getFirst());
        terms = List.of(next);
        forget();
    }

    /** The number of the only terms that count, once they have outlasted what was owed to those before. */
    Optional<Long> settled(long now) {
        if (terms.size() > 1) return Optional.empty();
        boolean outlasted =
                free() || carriedUntil <= now || of(terms.getFirst()).orElse(0L) >= carriedUntil;
        return outlasted ? Optional.of(terms.getFirst().number()) : Optional.empty();
    }

    boolean free() {
        return terms.stream().anyMatch(each -> !each.profile().leased());
    }

    /** Until when guests may run; 0 where nothing was granted. Only where it is not {@link #free}. */
    long until() {
        return Math.max(
                carriedUntil,
                terms.stream().map(this::of).flatMap(Optional::stream).reduce(0L, Math::max));
    }

    private void carry(Terms left) {
        if (left.profile().leased()) carriedUntil = Math.max(carriedUntil, of(left).orElse(0L));
    }

    /** What was granted by nobody who counts any more is forgotten, so that the map stays small. */
    private void forget() {
        granted.keySet()
                .removeIf(by -> !by.equals(Answer.ROOM)
                        && terms.stream()
                                .flatMap(each -> each.voters().stream())
                                .noneMatch(voter -> voter.host().equals(by)));
    }

    private Optional<Long> of(Terms each) {
        var byRoom = Optional.ofNullable(granted.get(Answer.ROOM))
                .map(sent -> sent + each.profile().holdNanos());
        return Stream.concat(byRoom.stream(), byVoters(each).stream()).reduce(Math::max);
    }

    /** A majority has granted beats as new as the majority-th newest. */
    private Optional<Long> byVoters(Terms each) {
        var newest = new ArrayList<Long>();
        for (var voter : each.voters()) {
            var sent = granted.get(voter.host());
            if (sent != null) newest.add(sent);
        }
        newest.sort((a, b) -> Long.compare(b, a));
        return newest.size() < each.majority()
                ? Optional.empty()
                : Optional.of(newest.get(each.majority() - 1) + each.profile().holdNanos());
    }
}
