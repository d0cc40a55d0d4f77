package regie.agent.lease;

import java.util.List;
import java.util.stream.Collectors;

/**
 * By what a host counts its lease. Made by the room, kept on the host's disk.
 *
 * @param number grows with each new terms of this host; 0 stands for none yet
 * @param voters the hosts whose majority can carry the lease without the room; an odd number, none of them the host itself
 */
public record Terms(String host, long number, LeaseProfile profile, List<VoterAddress> voters) {
    /** An even number adds one that may be missed by nobody: a majority of four is as hard to get as three of five. */
    public static final int VOTERS_MAX = 5;

    /** @param address where its agent is reached by other agents, as that one says it of itself */
    public record VoterAddress(String host, String address) {}

    public Terms {
        voters = List.copyOf(voters);
        if (number < 0) throw new IllegalArgumentException("terms number %d < 0".formatted(number));
        if (profile.leased() && voters.isEmpty())
            throw new IllegalArgumentException("a lease of %s without a voter would end with the room".formatted(host));
        if (!profile.leased() && !voters.isEmpty())
            throw new IllegalArgumentException("%s has no lease and %d voters".formatted(host, voters.size()));
        if (voters.size() > VOTERS_MAX)
            throw new IllegalArgumentException("%d voters > %d".formatted(voters.size(), VOTERS_MAX));
        var names = voters.stream().map(VoterAddress::host).collect(Collectors.toSet());
        if (names.size() != voters.size())
            throw new IllegalArgumentException("a voter of %s is named twice".formatted(host));
        if (names.contains(host)) throw new IllegalArgumentException("%s can't vote for itself".formatted(host));
    }

    /** What a host goes by before it has heard of any terms. */
    public static Terms none(String host) {
        return new Terms(host, 0, LeaseProfile.NONE, List.of());
    }

    /** So many voters carry the lease. */
    int majority() {
        return voters.size() / 2 + 1;
    }

    /** Once so many voters refuse, the others are no majority. */
    int refusalsNeeded() {
        return voters.size() - majority() + 1;
    }
}
