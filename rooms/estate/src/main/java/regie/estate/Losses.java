package regie.estate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import regie.estate.Loss.Fall;
import regie.estate.Loss.Fate;

/** Tells an {@link Aftermath} in elements, each with what brings it down by itself: from one to the next, a chain of causes. */
final class Losses {
    private final EstateGraph graph;
    private final Set<Element> lost;
    private final Aftermath after;
    private final TreeMap<Element, Fall> fallen = new TreeMap<>();
    private final Map<Set<Integer>, Set<Element>> borders = new HashMap<>();

    Losses(EstateGraph graph, Set<Element> lost, Aftermath after) {
        this.graph = graph;
        this.lost = lost;
        this.after = after;
    }

    Loss told() {
        for (var element : lost) fallen.put(element, new Fall(Fate.LOST, List.of()));
        places();
        feeds();
        links();
        machines();
        return new Loss(lost, fallen);
    }

    private void places() {
        graph.estate.racks().forEach((name, rack) -> {
            var room = Machines.room(rack).map(it -> new Element(Element.Kind.ROOM, it));
            var site = new Element(Element.Kind.SITE, rack.site());
            room.filter(_ -> lost.contains(site)).ifPresent(it -> fall(it, Fate.GONE, List.of(site)));
            container(Optional.empty(), room, site)
                    .ifPresent(in -> fall(new Element(Element.Kind.RACK, name), Fate.GONE, List.of(in)));
        });
    }

    private void feeds() {
        var feeds = graph.feeds;
        for (int at = 0; at < feeds.names.size(); at++) {
            if (after.liveFeeds().get(at) || !graph.before.liveFeeds().get(at)) continue;
            var site = new Element(Element.Kind.SITE, feeds.sites.get(at));
            var element = new Element(Element.Kind.FEED, feeds.names.get(at));
            if (lost.contains(site)) fall(element, Fate.GONE, List.of(site));
            else fall(element, Fate.DARK, feedsOf(feeds.upstream.get(at)));
        }
    }

    private void links() {
        var because = new ArrayList<Set<Element>>();
        for (var carrier : graph.wiring.carriers) {
            var lostOnes = new TreeSet<Element>();
            carrier.map(name -> new Element(Element.Kind.CARRIER, name))
                    .filter(lost::contains)
                    .ifPresent(lostOnes::add);
            because.add(lostOnes);
        }
        for (var way : graph.wiring.ways) {
            if (way.link() < 0) continue;
            for (int place : List.of(way.left(), way.right()))
                if (news(after.darkPlaces(), graph.before.darkPlaces(), place))
                    because.get(way.link()).add(graph.wiring.places.get(place));
        }
        for (int at = 0; at < because.size(); at++) {
            if (because.get(at).isEmpty()) continue;
            var link = new Element(Element.Kind.LINK, graph.wiring.links.get(at));
            fall(link, Fate.DOWN, List.copyOf(because.get(at)));
        }
    }

    private void machines() {
        for (int at = 0; at < graph.machines.all.size(); at++) {
            var machine = graph.machines.all.get(at);
            if (after.lostMachines().get(at)) {
                container(machine).ifPresent(in -> fall(machine.element(), Fate.GONE, List.of(in)));
            } else if (news(after.dark(), graph.before.dark(), at)) {
                fall(machine.element(), Fate.DARK, feedsOf(machine.feeds()));
            } else if (news(after.diskless(), graph.before.diskless(), at)) {
                fall(machine.element(), Fate.DISKLESS, holders(machine));
            } else if (news(after.cutOff(), graph.before.cutOff(), at)) {
                fall(machine.element(), Fate.CUT_OFF, border(graph.wiring.attachments[at]));
            }
        }
    }

    private static boolean news(BitSet now, BitSet before, int at) {
        return now.get(at) && !before.get(at);
    }

    private Optional<Element> container(Machines.Machine machine) {
        var rack = machine.rack().isEmpty()
                ? Optional.<Element>empty()
                : Optional.of(new Element(Element.Kind.RACK, machine.rack()));
        var room = machine.room().isEmpty()
                ? Optional.<Element>empty()
                : Optional.of(new Element(Element.Kind.ROOM, machine.room()));
        return container(rack, room, new Element(Element.Kind.SITE, machine.site()));
    }

    /** The innermost that is lost, where something inside it says why in its turn. */
    private Optional<Element> container(Optional<Element> rack, Optional<Element> room, Element site) {
        boolean siteLost = lost.contains(site);
        boolean roomLost = siteLost || room.filter(lost::contains).isPresent();
        if (rack.filter(it -> roomLost || lost.contains(it)).isPresent()) return rack;
        if (room.filter(_ -> roomLost).isPresent()) return room;
        return siteLost ? Optional.of(site) : Optional.empty();
    }

    private List<Element> feedsOf(List<Integer> numbers) {
        return numbers.stream()
                .map(at -> new Element(Element.Kind.FEED, graph.feeds.names.get(at)))
                .toList();
    }

    private List<Element> holders(Machines.Machine machine) {
        return machine.diskDevices().stream()
                .filter(after.dark()::get)
                .map(at -> graph.machines.all.get(at).element())
                .toList();
    }

    /** What is dead at the edge of the part that {@code attachments} are in: what stands between it and the rest. */
    private List<Element> border(int[] attachments) {
        var border = new TreeSet<Element>();
        var own = new TreeSet<Integer>();
        for (int place : attachments) {
            if (!after.parts().dark(place)) own.add(after.parts().of(place));
            else border.add(graph.wiring.places.get(place));
        }
        border.addAll(borders.computeIfAbsent(own, this::borderOf));
        border.removeIf(element -> !fallen.containsKey(element) && !willFall(element));
        return List.copyOf(border);
    }

    private Set<Element> borderOf(Set<Integer> own) {
        var border = new TreeSet<Element>();
        for (var way : graph.wiring.ways) {
            boolean left = own.contains(after.parts().of(way.left()));
            boolean right = own.contains(after.parts().of(way.right()));
            if (left == right) continue;
            int other = left ? way.right() : way.left();
            boolean linkDead = way.link() >= 0 && after.deadLinks().get(way.link());
            if (linkDead) border.add(new Element(Element.Kind.LINK, graph.wiring.links.get(way.link())));
            else if (after.darkPlaces().get(other)) border.add(graph.wiring.places.get(other));
        }
        return border;
    }

    /** Devices come after servers in the order of numbers, so theirs may not be told yet. */
    private boolean willFall(Element element) {
        int at = graph.machines.number(element);
        return at >= 0 && news(after.dark(), graph.before.dark(), at);
    }

    private void fall(Element element, Fate fate, List<Element> because) {
        fallen.putIfAbsent(element, new Fall(fate, because));
    }
}
