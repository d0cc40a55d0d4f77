package regie.compute;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.placement.Location;

/**
 * A server as placement sees it.
 *
 * @param open whether it may be given new guests: schedulable, and heard of
 * @param project the only project it takes guests of; absent where it takes those of any
 * @param overcommitted it takes guests without guaranteed threads, and no others
 * @param free what is not claimed
 * @param movesGuests whether running guests can come and go
 */
record Host(
        UUID server,
        String name,
        Location location,
        Map<String, String> labels,
        boolean open,
        Presence presence,
        Optional<String> project,
        boolean overcommitted,
        Claim free,
        boolean movesGuests) {
    Host(
            UUID server,
            String name,
            Location location,
            Map<String, String> labels,
            boolean open,
            Presence presence,
            Optional<String> project,
            boolean overcommitted,
            Claim free) {
        this(server, name, location, labels, open, presence, project, overcommitted, free, false);
    }

    enum Presence {
        /** Its agent never attended. */
        UNKNOWN,
        UP,
        /** Its agent attended once and is not heard any more. */
        SILENT
    }

    String site() {
        return location.site();
    }

    /** The failure domain of this host that members of a group must not share; where it is in none that is known, the host itself. */
    String domain(AntiAffinity.Domain over) {
        var domain = switch (over) {
            case HOST -> "";
            case RACK -> location.rack().isEmpty() ? "" : site() + "/" + location.rack();
            case FEED -> location.feeds().size() == 1 ? location.feeds().getFirst() : "";
            case SWITCH_PAIR -> location.switches();
            case ROOM -> location.room();
            case SITE -> site();
        };
        return domain.isEmpty() ? "host " + name : domain;
    }
}
