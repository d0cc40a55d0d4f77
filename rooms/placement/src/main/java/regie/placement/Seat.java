package regie.placement;

import org.jspecify.annotations.Nullable;
import regie.kernel.Check;

/** A guest on its host. */
final class Seat {
    private final Guest guest;
    private final HostState host;
    private final Place place;
    private final int[] positions;
    private final long[] amounts;
    private int at;
    private @Nullable Ward ward;

    Seat(Guest guest, HostState host, Place place) {
        this.guest = guest;
        this.host = host;
        this.place = place;
        int takes = place.takes().size();
        positions = new int[takes];
        amounts = new long[takes];
        for (int take = 0; take < takes; take++)
            amounts[take] = place.takes().get(take).amount();
        locate();
    }

    Guest guest() {
        return guest;
    }

    HostState host() {
        return host;
    }

    Place place() {
        return place;
    }

    /** Where in the host's layout each of its takes is. */
    int[] positions() {
        return positions;
    }

    /** By take. */
    long[] amounts() {
        return amounts;
    }

    /** Its place in the host's list of seats. */
    int at() {
        return at;
    }

    void at(int now) {
        at = now;
    }

    /** What the last proof that was made of it knows of the guest; null where none was. Another proof knows others. */
    @Nullable
    Ward ward() {
        return ward;
    }

    void ward(Ward now) {
        ward = now;
    }

    /** Finds its slots in the host's layout, after that has become another. */
    void locate() {
        for (int take = 0; take < positions.length; take++) {
            var slot = place.takes().get(take).slot();
            positions[take] = host.layout().position(slot);
            if (positions[take] == Layout.MISSING) throw Check.failed("%s has %s".formatted(host.name(), slot));
        }
    }
}
