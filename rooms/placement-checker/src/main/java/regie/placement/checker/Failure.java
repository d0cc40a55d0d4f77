package regie.placement.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import regie.placement.Domain;
import regie.placement.Guest;
import regie.placement.Host;

/** Something that may break, and the hosts that fall with it. */
public record Failure(Domain domain, String name, Set<UUID> hosts) {
    public Failure {
        hosts = Set.copyOf(hosts);
    }

    /** Every host, rack, feed, switch pair, room and site that at least one of {@code hosts} falls with. */
    public static List<Failure> all(Collection<Host> hosts) {
        var failures = new ArrayList<Failure>();
        for (var domain : Domain.values()) {
            var fallen = new LinkedHashMap<String, Set<UUID>>();
            for (var host : hosts) {
                Domains.failing(host, domain)
                        .ifPresent(name -> fallen.computeIfAbsent(name, _ -> new HashSet<>())
                                .add(host.id()));
            }
            fallen.forEach((name, ids) -> failures.add(new Failure(domain, name, ids)));
        }
        return failures;
    }

    /** Whether {@code guest} is promised to return when this alone happens; who survives anything survives the loss of its host. */
    boolean promised(Guest guest) {
        return (domain == Domain.HOST && !guest.rules().survives().isEmpty())
                || guest.rules().survives().stream().anyMatch(promise -> promise.over() == domain);
    }
}
