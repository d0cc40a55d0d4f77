package regie.compute;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.placement.Location;
import regie.placement.Slot;

/**
 * A server as placement sees it.
 *
 * @param room what it is to the pure placement; {@code open} where it may be given new guests: schedulable, and heard of
 * @param movesGuests whether running guests can come and go
 * @param devices PCI addresses, of the slots where they are declared
 */
record Host(regie.placement.Host room, Presence presence, boolean movesGuests, Map<Slot, List<String>> devices) {
    Host(regie.placement.Host room, Presence presence) {
        this(room, presence, false, Map.of());
    }

    enum Presence {
        /** Its agent never attended. */
        UNKNOWN,
        UP,
        /** Its agent attended once and is not heard any more. */
        SILENT,
        /** As up or silent, but nobody at all hears it and no storm explains it: proof is looked for. */
        DOUBTED,
        /** Proven: nothing of it runs. Until it has come back clean it is given nothing and believed nothing. */
        DEAD;

        /** Heard once, and not any more; what it has may run on. */
        boolean unheard() {
            return this == SILENT || this == DOUBTED;
        }

        /** Whoever is dead is no longer in doubt. */
        Presence doubted() {
            return this == UP || this == SILENT ? DOUBTED : this;
        }

        /** For whoever waits for proof. */
        Presence undoubted() {
            return this == DOUBTED ? SILENT : this;
        }
    }

    boolean dead() {
        return presence == Presence.DEAD;
    }

    UUID server() {
        return room.id();
    }

    String name() {
        return room.name();
    }

    String site() {
        return location().site();
    }

    Location location() {
        return room.location();
    }
}
