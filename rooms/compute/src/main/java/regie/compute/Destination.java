package regie.compute;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import regie.placement.Place;

/**
 * Where a list of moves wants a machine.
 *
 * @param server its name; empty for the best one
 * @param nodes the NUMA nodes that it is to be on if they still have the room; empty for whichever suit
 */
record Destination(String server, Set<Integer> nodes) {
    static final Destination BEST = new Destination("", Set.of());

    Destination {
        nodes = Set.copyOf(nodes);
    }

    static Destination of(String server, Place place) {
        return new Destination(
                server,
                place.takes().stream()
                        .filter(take -> take.slot().resource().ofNode())
                        .map(take -> take.slot().node())
                        .collect(Collectors.toSet()));
    }

    /** @param nodes as {@link #nodesText} writes them */
    static Destination read(String server, String nodes) {
        var numbers = Arrays.stream(nodes.split(",", -1))
                .filter(each -> !each.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        return new Destination(server, numbers);
    }

    String nodesText() {
        return new TreeSet<>(nodes).stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
