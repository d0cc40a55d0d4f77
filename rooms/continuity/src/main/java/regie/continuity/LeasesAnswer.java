package regie.continuity;

import java.util.List;
import regie.kernel.About;

/** By what each server that ever attended counts its lease, and who hears it. */
public record LeasesAnswer(
        @About("a lease of each, by name") List<Lease> leases) {
    public record Lease(
            @About("name of the server") String server,

            @About("safe, fast, or none: what it goes by now")
            String profile,

            @About("other profiles that it may still be going by, for it has not confirmed the newest terms")
            List<String> orElse,

            @About("whether its agent can hold one: it knows of leases, and something watches over the guests")
            boolean able,

            @About("servers whose majority can carry its lease without the room")
            List<String> voters,

            @About("who misses its beats now: voters, and the room")
            List<String> missedBy,

            @About("whether nobody grants it anything any more")
            boolean refused) {}
}
