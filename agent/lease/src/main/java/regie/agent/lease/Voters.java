package regie.agent.lease;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Who votes for a host. Each pair of host and candidate has a weight of its own, and the heaviest are taken (rendezvous hashing: D.
 * Thaler and C. Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on Networking 6(1), 1998): a
 * candidate that comes or goes changes only the terms that it is in, and the work spreads evenly.
 */
public final class Voters {
    private Voters() {}

    /**
     * @param rack empty where it stands in none that is declared; such are taken to stand together
     * @param address as in {@link Terms.VoterAddress}
     */
    public record Candidate(String host, String rack, String address) {}

    /** The present voters as long as all of them are candidates and there are as many as there can be: terms change only where they have to. */
    public static List<Terms.VoterAddress> keep(
            List<Terms.VoterAddress> present, String host, String rack, Collection<Candidate> candidates) {
        var fit = new HashSet<Terms.VoterAddress>();
        for (var each : candidates)
            if (!each.host().equals(host)) fit.add(new Terms.VoterAddress(each.host(), each.address()));
        return present.size() == odd(fit.size()) && fit.containsAll(present) ? present : choose(host, rack, candidates);
    }

    /**
     * One of each other rack first, then more of other racks, then of its own; up to five, and an odd number, for two voters hold no
     * better than one. The order of the candidates doesn't matter.
     *
     * @param candidates agents of the same site that are to vote; the host itself is passed over
     */
    public static List<Terms.VoterAddress> choose(String host, String rack, Collection<Candidate> candidates) {
        var byWeight = new ArrayList<Weighed>(candidates.size());
        for (var each : candidates)
            if (!each.host().equals(host)) byWeight.add(new Weighed(each, weight(host, each.host())));
        byWeight.sort(Comparator.comparingLong(Weighed::weight)
                .thenComparing(each -> each.candidate().host()));
        var chosen = new LinkedHashSet<Candidate>();
        var racks = new HashSet<String>();
        racks.add(rack);
        for (var each : byWeight) if (racks.add(each.candidate().rack())) chosen.add(each.candidate());
        for (var each : byWeight) if (!each.candidate().rack().equals(rack)) chosen.add(each.candidate());
        for (var each : byWeight) chosen.add(each.candidate());
        return chosen.stream()
                .limit(odd(chosen.size()))
                .map(each -> new Terms.VoterAddress(each.host(), each.address()))
                .toList();
    }

    private record Weighed(Candidate candidate, long weight) {}

    private static int odd(int candidates) {
        int most = Math.min(Terms.VOTERS_MAX, candidates);
        return most % 2 == 0 ? Math.max(0, most - 1) : most;
    }

    /** FNV-1a over both names, then the last step of MurmurHash3, without which names that differ at their end are neighbours. */
    private static long weight(String host, String candidate) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : (host + '\0' + candidate).getBytes(StandardCharsets.UTF_8))
            hash = (hash ^ each) * 0x100000001b3L;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
