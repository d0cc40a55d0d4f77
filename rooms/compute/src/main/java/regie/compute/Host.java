package regie.compute;

import java.util.UUID;
import regie.agent.contract.Claim;

/**
 * A server as placement sees it.
 *
 * @param open whether it may be given new guests: schedulable, and heard of
 * @param free what is not claimed
 */
record Host(UUID server, String name, String site, String rack, boolean open, Presence presence, Claim free) {
    enum Presence {
        /** Its agent never attended. */
        UNKNOWN,
        UP,
        /** Its agent attended once and is not heard any more. */
        SILENT
    }

    /** The failure domain of this host that members of a group must not share. */
    String domain(AntiAffinity.Domain over) {
        return switch (over) {
            case HOST -> name;
            case RACK -> site + "/" + rack;
            case SITE -> site;
        };
    }
}
