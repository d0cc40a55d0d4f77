package regie.continuity;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import regie.agent.lease.Answer;
import regie.agent.lease.Terms;
import regie.kernel.Json;
import regie.kernel.Tx;

/** What is written down of leases, put together for those who ask. */
final class LeaseSheet {
    private LeaseSheet() {}

    static LeasesAnswer read(Tx tx) {
        var page = LeaseLedger.page(tx);
        return new LeasesAnswer(LeaseLedger.hosts(tx).values().stream()
                .sorted(Comparator.comparing(LeaseLedger.LeaseHost::name))
                .map(host -> lease(host, page))
                .toList());
    }

    private static LeasesAnswer.Lease lease(LeaseLedger.LeaseHost host, LeaseLedger.Page page) {
        var newest = host.possible().newest();
        var profile = Json.name(newest.profile());
        var voters = newest.voters().stream().map(Terms.VoterAddress::host).toList();
        return new LeasesAnswer.Lease(
                host.name(),
                profile,
                host.possible().terms().stream()
                        .map(terms -> Json.name(terms.profile()))
                        .filter(name -> !name.equals(profile))
                        .distinct()
                        .toList(),
                host.holds(),
                voters,
                missedBy(host.name(), voters, page),
                page.refusals().condemned().containsKey(host.name()));
    }

    /** Who is no voter any more has no say. */
    private static List<String> missedBy(String host, List<String> voters, LeaseLedger.Page page) {
        return Stream.concat(Stream.of(Answer.ROOM), voters.stream())
                .filter(listener -> page.missed().containsKey(new Ear(host, listener)))
                .map(listener -> listener.equals(Answer.ROOM) ? "the room" : listener)
                .toList();
    }
}
