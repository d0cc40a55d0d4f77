package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import regie.agent.lease.Answer;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.Terms;
import regie.compute.Watched;

/**
 * What was known of leases at one moment. Pure.
 *
 * @param ears pairs of which anything is known
 * @param missed those of them that hear nothing, and since when
 * @param possible of each host that was ever handed terms
 */
public record LeaseView(Set<Ear> ears, Map<Ear, Instant> missed, Map<String, PossibleTerms> possible) {
    static final LeaseView NOTHING = new LeaseView(Set.of(), Map.of(), Map.of());

    /** True where the loss of its lease would be proof, whichever terms it counts by. */
    public boolean leased(String host) {
        var terms = possible.get(host);
        return terms != null
                && terms.terms().stream().allMatch(each -> each.profile().leased());
    }

    /** Empty where it is heard on all paths. */
    public Optional<Suspicion> suspicion(Watched host, Map<String, Watched> all) {
        if (host.dead()) return Optional.empty();
        var voices = new ArrayList<regie.agent.lease.Suspicion.Ear>();
        var missing = new ArrayList<Instant>();
        for (var voter : voters(host.name())) {
            var ear = new Ear(host.name(), voter);
            var voice = voice(ear, Optional.ofNullable(all.get(voter)));
            voices.add(voice);
            if (voice == regie.agent.lease.Suspicion.Ear.MISSES) missing.add(missed.getOrDefault(ear, host.since()));
        }
        int asked = (int) voices.stream()
                .filter(each -> each != regie.agent.lease.Suspicion.Ear.UNKNOWN)
                .count();
        boolean meshed = asked > 0;
        // Where nobody else could tell, the room takes its time: an agent that is started anew is no death.
        boolean byRoom = meshed ? missedByRoom(host) : !host.heard();
        var missedBy = new HashSet<Suspicion.Path>();
        switch (regie.agent.lease.Suspicion.of(byRoom, voices)) {
            case NONE -> {}
            case BY_ROOM_ALONE -> missedBy.add(Suspicion.Path.ROOM);
            case BY_VOTERS_ALONE -> missedBy.add(Suspicion.Path.MESH);
            case BY_BOTH -> missedBy.addAll(Set.of(Suspicion.Path.ROOM, Suspicion.Path.MESH));
        }
        if (missedBy.isEmpty()) return Optional.empty();
        var watchedBy = meshed ? Set.of(Suspicion.Path.values()) : Set.of(Suspicion.Path.ROOM);
        var since = new ArrayList<Instant>();
        if (byRoom) since.add(missed.getOrDefault(new Ear(host.name(), Answer.ROOM), host.since()));
        // The neighbours miss it since their majority does: who joins them later changes nothing.
        if (missedBy.contains(Suspicion.Path.MESH))
            since.add(missing.stream().sorted().toList().get(asked / 2));
        return Optional.of(new Suspicion(Collections.max(since), missedBy, watchedBy, hold(host.name())));
    }

    /** The longest of those that it may be going by: what comes back before that has lost nothing. */
    private Duration hold(String host) {
        return Optional.ofNullable(possible.get(host)).stream()
                .flatMap(terms -> terms.terms().stream())
                .map(Terms::profile)
                .filter(LeaseProfile::leased)
                .map(LeaseProfile::hold)
                .max(Comparator.naturalOrder())
                .orElse(LeaseProfile.SAFE.hold());
    }

    private boolean missedByRoom(Watched host) {
        return !host.heard() || missed.containsKey(new Ear(host.name(), Answer.ROOM));
    }

    /** A voter that is missed itself has said its last long ago. */
    private regie.agent.lease.Suspicion.Ear voice(Ear ear, Optional<Watched> voter) {
        if (voter.isEmpty() || missedByRoom(voter.get()) || !ears.contains(ear))
            return regie.agent.lease.Suspicion.Ear.UNKNOWN;
        return missed.containsKey(ear) ? regie.agent.lease.Suspicion.Ear.MISSES : regie.agent.lease.Suspicion.Ear.HEARS;
    }

    private List<String> voters(String host) {
        var terms = possible.get(host);
        return terms == null
                ? List.of()
                : terms.newest().voters().stream().map(Terms.VoterAddress::host).toList();
    }
}
