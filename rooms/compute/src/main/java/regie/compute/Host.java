package regie.compute;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.placement.Location;
import regie.placement.Slot;

/**
 * A server as placement sees it.
 *
 * @param room what it is to the pure placement; {@code open} where it may be given new guests: schedulable, and heard of
 * @param free of each of its slots, what is not claimed
 * @param movesGuests whether running guests can come and go
 * @param devices PCI addresses, of the slots where they are declared
 */
record Host(
        regie.placement.Host room,
        Presence presence,
        Map<Slot, Long> free,
        boolean movesGuests,
        Map<Slot, List<String>> devices) {
    Host(regie.placement.Host room, Presence presence, Map<Slot, Long> free) {
        this(room, presence, free, false, Map.of());
    }

    enum Presence {
        /** Its agent never attended. */
        UNKNOWN,
        UP,
        /** Its agent attended once and is not heard any more. */
        SILENT
    }

    Host {
        free = Map.copyOf(free);
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

    boolean open() {
        return room.open();
    }

    /** What is free in all: of threads, ordinary memory and disk. */
    Claim freeInAll() {
        return Places.inAll(free);
    }

    /** The failure domain of this host that members of a group must not share; where it is in none that is known, the host itself. */
    String domain(AntiAffinity.Domain over) {
        var domain = switch (over) {
            case HOST -> "";
            case RACK ->
                location().rack().isEmpty() ? "" : site() + "/" + location().rack();
            case FEED -> location().feeds().size() == 1 ? location().feeds().getFirst() : "";
            case SWITCH_PAIR -> location().switches();
            case ROOM -> location().room();
            case SITE -> site();
        };
        return domain.isEmpty() ? "host " + name() : domain;
    }
}
