package regie.compute;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Check;
import regie.placement.Host;
import regie.placement.Place;
import regie.placement.Rules;

/** Addresses that the sites still have to give, counted down while a plan is made. */
final class FreeAddresses {
    private final Map<UUID, String> sites;
    private final Set<String> names;
    private final Map<String, Integer> free;

    FreeAddresses(Occupancy occupancy, Map<String, Integer> free) {
        sites = occupancy.hosts().stream()
                .collect(Collectors.toMap(regie.compute.Host::server, regie.compute.Host::site));
        names = Set.copyOf(sites.values());
        this.free = new HashMap<>(free);
    }

    boolean at(String site) {
        return free.getOrDefault(site, 0) > 0;
    }

    boolean at(Host host) {
        return at(host.location().site());
    }

    boolean at(Place place) {
        return at(site(place));
    }

    private String site(Place place) {
        return Check.present(sites.get(place.host()));
    }

    void take(Place place) {
        free.merge(site(place), -1, Integer::sum);
    }

    void give(Place place) {
        free.merge(site(place), 1, Integer::sum);
    }

    /** Only to sites that still have an address to give; empty where none of them has. */
    Optional<Rules> within(Rules rules) {
        if (names.stream().allMatch(this::at)) return Optional.of(rules);
        var wanted = rules.sites().isEmpty() ? names : rules.sites();
        var left = wanted.stream()
                .filter(site -> !names.contains(site) || at(site))
                .toArray(String[]::new);
        return left.length == 0 ? Optional.empty() : Optional.of(rules.atSites(left));
    }
}
