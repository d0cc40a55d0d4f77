package regie.placement.checker;

import java.util.Optional;
import java.util.Set;
import regie.placement.Domain;
import regie.placement.Host;

/** Which failure domain a host is in. */
final class Domains {
    private static final String UNKNOWN = "?";

    private Domains() {}

    /** Whose failure takes the host with it; empty where that isn't known, or where it is fed twice. */
    static Optional<String> failing(Host host, Domain domain) {
        return of(host, domain).filter(name -> !name.startsWith(UNKNOWN));
    }

    /**
     * Which hosts count as near each other. Of two hosts of one site whose rack (feed, room, switches) isn't known, nothing says
     * that they don't share it. A host that is fed twice is near no other by its feeds.
     */
    static Optional<String> of(Host host, Domain domain) {
        var at = host.location();
        var name = switch (domain) {
            case HOST -> host.id().toString();
            case RACK -> at.rack();
            case FEED -> Set.copyOf(at.feeds()).size() == 1 ? at.feeds().getFirst() : "";
            case SWITCH_PAIR -> at.switches();
            case ROOM -> at.room();
            case SITE -> at.site();
        };
        if (!name.isEmpty()) return Optional.of(name);
        return domain == Domain.FEED && !at.feeds().isEmpty() ? Optional.empty() : Optional.of(UNKNOWN + at.site());
    }

    static boolean share(Host one, Host other, Domain domain) {
        var name = of(one, domain);
        return name.isPresent() && name.equals(of(other, domain));
    }
}
