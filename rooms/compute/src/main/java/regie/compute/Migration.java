package regie.compute;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;

/**
 * A machine on its way: its second place, and how far it has come. Where it is now says its {@link Machine.Allocation}.
 *
 * @param server of the second place: where it goes to, or, once it is there, where it came from
 * @param presence of that server
 * @param seat what that server was told of its place there
 * @param guest what that server is told
 * @param seen what that server says of it
 * @param heard whether the host that it is to stay on has taken that in
 * @param gone whether nothing is at the second place any more: it was to be left and is, or its host is dead
 * @param settled when it was handed over
 * @param why it did not come to its destination; empty where it did or still may
 */
record Migration(
        UUID server,
        Host.Presence presence,
        MovePhase phase,
        long attempt,
        Seated seat,
        Guest guest,
        Optional<GuestSeen> seen,
        boolean heard,
        boolean gone,
        String origin,
        String destination,
        Instant begun,
        Optional<Instant> settled,
        String why) {}
