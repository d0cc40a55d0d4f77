package regie.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import regie.placement.Why;

/** The hosts that a running machine could be moved to, before anybody asks for room there. */
final class MoveTargets {
    private final List<Bar> bars;
    private final Collection<Host> hosts;

    /** @param words about the hosts that it keeps out */
    private record Bar(String words, Predicate<Host> keepsOut) {}

    /** @param to name of the one host that it may go to; any where empty */
    MoveTargets(Collection<Host> hosts, Host source, Optional<String> to) {
        this.hosts = hosts;
        this.bars = List.of(
                new Bar("at another site", host -> !host.site().equals(source.site())),
                new Bar(
                        "not the one that was named",
                        host -> to.filter(name -> !name.equals(host.name())).isPresent()),
                new Bar("where it is already", host -> host.server().equals(source.server())),
                new Bar(
                        "that can't be reached by running guests from its host",
                        host -> !source.movesGuests() || !host.movesGuests()));
    }

    List<UUID> all() {
        return hosts.stream()
                .filter(host -> bars.stream().noneMatch(bar -> bar.keepsOut().test(host)))
                .map(Host::server)
                .collect(Collectors.toList());
    }

    /** What keeps the others out, such as {@code at another site or where it is already}. */
    String words() {
        return why().falls().stream().map(Why.Fall::reason).collect(Collectors.joining(" or "));
    }

    /** Why the others are none. */
    Why why() {
        var left = new ArrayList<>(hosts);
        var falls = new ArrayList<Why.Fall>();
        for (var bar : bars) {
            int before = left.size();
            left.removeIf(bar.keepsOut());
            if (left.size() < before) falls.add(new Why.Fall(bar.words(), before - left.size(), left.size()));
        }
        return new Why(hosts.size(), falls);
    }
}
