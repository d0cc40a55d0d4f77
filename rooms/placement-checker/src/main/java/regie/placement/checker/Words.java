package regie.placement.checker;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import regie.placement.Guest;
import regie.placement.Host;

/** How guests and hosts are named in a violation. */
final class Words {
    private Words() {}

    static String name(Guest guest) {
        return "guest " + guest.id() + (guest.group().isEmpty() ? "" : " of group " + guest.group());
    }

    static String name(@Nullable Host host, UUID id) {
        return host == null ? id.toString() : host.name();
    }
}
