package regie.continuity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.compute.Watched;
import regie.kernel.Tx;

/**
 * What is known of hosts beyond the room's own ears: what their neighbours hear, and whether their leases have run out. All answers are
 * from memory, at once.
 */
public interface Evidence {
    /**
     * Who is missed. Whoever is heard on all paths is left out.
     *
     * @param hosts all that ever attended, as the room hears them
     */
    Map<UUID, Suspicion> suspicions(List<Watched> hosts);

    /** Hosts whose beats are overdue, as this server of the room alone knows it at this moment: they may be missed soon. */
    Set<String> late();

    /** Of {@code servers} those that hold leases: the loss of theirs will be proof. */
    Set<UUID> leased(List<UUID> servers);

    /**
     * These are condemned, and no others: nobody grants any of them a lease before it is left out. It is in the ledger already, so
     * that whoever starts anew refuses them too. Called again and again with all of them.
     *
     * @param condemned the number of the verdict of each
     */
    void condemned(Tx tx, Map<UUID, Long> condemned);

    /** How it is proven that the lease of a condemned host has run out, in words; empty as long as it may run. */
    Optional<String> ranOut(UUID server, long verdict);

    /** The room alone hears, and there are no leases. */
    Evidence ROOM_ALONE = new RoomAlone();
}
