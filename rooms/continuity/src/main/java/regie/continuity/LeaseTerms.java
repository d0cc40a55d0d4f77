package regie.continuity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Terms;
import regie.agent.lease.Voters;
import regie.continuity.LeaseLedger.LeaseHost;

/** By what terms hosts are to count their leases. Pure; the order of hosts makes no difference. */
final class LeaseTerms {
    private LeaseTerms() {}

    /**
     * What is declared of a host.
     *
     * @param rack empty where it stands in none
     * @param votes false of one that is dead: its voice would be missing from every majority
     */
    record Place(String site, String rack, LeaseProfile profile, boolean votes) {}

    /**
     * Terms that are new, each numbered and to be written down before they are told.
     *
     * @param places of all hosts that are declared
     * @param told hosts that can be told; of the others nothing is made
     */
    static List<Terms> plan(Collection<LeaseHost> hosts, Map<String, Place> places, Set<String> told) {
        var sites = hosts.stream()
                .filter(host ->
                        places.containsKey(host.name()) && !host.tunnel().isEmpty())
                .filter(host -> place(places, host).votes())
                .collect(Collectors.groupingBy(
                        host -> place(places, host).site(),
                        Collectors.mapping(
                                host -> new Voters.Candidate(
                                        host.name(), place(places, host).rack(), host.tunnel()),
                                Collectors.toList())));
        var made = new ArrayList<Terms>();
        for (var host : hosts) {
            if (!told.contains(host.name()) || !places.containsKey(host.name())) continue;
            var place = place(places, host);
            var next = wanted(host, place, sites.getOrDefault(place.site(), List.of()));
            var newest = host.possible().newest();
            boolean same = newest.profile() == next.profile() && newest.voters().equals(next.voters());
            if (!same && host.possible().takesMore()) made.add(next);
        }
        return made;
    }

    private static Place place(Map<String, Place> places, LeaseHost host) {
        return regie.kernel.Check.present(places.get(host.name()));
    }

    private static Terms wanted(LeaseHost host, Place place, List<Voters.Candidate> candidates) {
        long number = host.number() + 1;
        var voters = host.holds() && place.profile().leased()
                ? Voters.choose(host.name(), place.rack(), candidates)
                : List.<Terms.VoterAddress>of();
        var profile = voters.isEmpty() ? LeaseProfile.NONE : place.profile();
        return new Terms(host.name(), number, profile, voters);
    }
}
