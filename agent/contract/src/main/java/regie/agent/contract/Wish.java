package regie.agent.contract;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that one host is to run: the whole list, never a change to it. A guest that is missing is to be removed.
 * Losing, repeating or reordering wishes therefore changes nothing in the end.
 *
 * @param host name of the server this is meant for; a host refuses the wish of another
 * @param generation grows with every change of the list and never goes back; a host refuses an older one
 */
public record Wish(String host, long generation, List<Guest> guests) {
    public Wish {
        if (generation < 0) throw new IllegalArgumentException("generation %d < 0".formatted(generation));
        guests = List.copyOf(guests);
        var uids = guests.stream().map(Guest::uid).collect(Collectors.toSet());
        if (uids.size() != guests.size()) throw new IllegalArgumentException("a guest is listed twice for " + host);
    }

    /** The same guests, none of which may run. */
    public Wish still() {
        return new Wish(host, generation, guests.stream().map(Guest::off).toList());
    }

    /** What all guests together claim of the host. A stopped guest keeps its claim: it must be able to start again. */
    public Claim claim() {
        return guests.stream().map(Guest::claim).reduce(Claim.NOTHING, Claim::plus);
    }
}
