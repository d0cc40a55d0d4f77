package regie.estate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What packets can pass, as a graph: devices, networks outside, and of each site two places, its inside (where whatever is not
 * cabled by declaration hangs) and its outside (where links end that name the site itself). Between the two stand the site's
 * gateways: the devices that a link joins to their own site; without one its routers; without these its firewalls. A site that
 * declares none of them has one place for both.
 *
 * <p>Servers are no part of it: packets pass none. They hang on the places that {@link #attachments} names.
 */
final class Wiring {
    /** A way between two places; {@code link} is its number, or -1 where it is not declared but goes without saying. */
    record Way(int left, int right, int link) {}

    final List<String> links;
    /** By link: who runs it. Where a link outward says nothing, it is who is there. */
    final List<Optional<String>> carriers = new ArrayList<>();

    final List<Way> ways = new ArrayList<>();
    /** By place: what it is. A device is a DEVICE, a network outside a CARRIER, both places of a site are a SITE. */
    final List<Element> places = new ArrayList<>();
    /** By server: where its ports lead. */
    final int[][] attachments;
    /** By place: numbers of its ways. */
    final int[][] waysOf;
    /** Whether any network outside is declared. */
    final boolean outsideDeclared;

    private final Map<Element, Integer> devices = new HashMap<>();
    private final Map<String, Integer> inside = new HashMap<>();
    private final Map<String, Integer> outside = new HashMap<>();
    private final Map<String, Integer> foreign = new HashMap<>();
    private final Estate estate;

    Wiring(Estate estate) {
        this.estate = estate;
        this.links = List.copyOf(estate.links().keySet());
        for (var name : estate.devices().keySet()) {
            var element = new Element(Element.Kind.DEVICE, name);
            devices.put(element, place(element));
        }
        estate.sites().keySet().forEach(site -> inside.put(site, place(new Element(Element.Kind.SITE, site))));
        new Gateways(estate).bySite().forEach((site, gateways) -> enter(site, gateways));
        int number = 0;
        for (var link : estate.links().values()) join(link, number++);
        outsideDeclared = !foreign.isEmpty();
        hangUncabled();
        attachments = estate.servers().values().stream().map(this::ports).toArray(int[][]::new);
        waysOf = waysOf();
    }

    int insideOf(String site) {
        return inside.getOrDefault(site, -1);
    }

    Set<Integer> outsides() {
        return Set.copyOf(foreign.values());
    }

    private int place(Element element) {
        places.add(element);
        return places.size() - 1;
    }

    private void enter(String site, Gateways.Of gateways) {
        if (gateways.devices().isEmpty() || !inside.containsKey(site)) return;
        int beyond = place(new Element(Element.Kind.SITE, site));
        outside.put(site, beyond);
        for (var device : gateways.devices()) {
            int gateway = device(device);
            ways.add(new Way(beyond, gateway, -1));
            if (!gateways.declared()) ways.add(new Way(gateway, insideOf(site), -1));
        }
    }

    private void join(LinkSpec link, int number) {
        carriers.add(link.carrier()
                .or(() -> link.from().outside())
                .or(() -> link.to().outside()));
        int left = end(link.from(), link.to());
        int right = end(link.to(), link.from());
        if (left >= 0 && right >= 0) ways.add(new Way(left, right, number));
    }

    private int end(LinkSpec.Endpoint end, LinkSpec.Endpoint other) {
        if (end.device().isPresent()) return device(end.device().get());
        if (end.outside().isPresent()) {
            return foreign.computeIfAbsent(end.outside().get(), name -> place(new Element(Element.Kind.CARRIER, name)));
        }
        var site = end.site().orElseThrow();
        boolean ownDevice = other.device()
                .filter(name -> estate.siteOfDevice(name).equals(site))
                .isPresent();
        return ownDevice ? insideOf(site) : outside.getOrDefault(site, insideOf(site));
    }

    /** A device without a cable to another one, or to its site, stands somewhere in its site's own network. */
    private void hangUncabled() {
        var cabled = new HashSet<Integer>();
        for (var way : ways) {
            var left = places.get(way.left());
            var right = places.get(way.right());
            if (sameSite(left, right)) cabled.addAll(List.of(way.left(), way.right()));
        }
        estate.devices().forEach((name, device) -> {
            int place = device(name);
            int site = insideOf(device.site());
            if (!cabled.contains(place) && site >= 0) ways.add(new Way(place, site, -1));
        });
    }

    private boolean sameSite(Element left, Element right) {
        return site(left).equals(site(right));
    }

    private String site(Element place) {
        return switch (place.kind()) {
            case SITE -> place.name();
            case DEVICE -> estate.siteOfDevice(place.name());
            default -> place.toString(); // a network outside is at no site of ours
        };
    }

    private int[] ports(ServerSpec server) {
        var cabled = server.nics().stream()
                .flatMap(nic -> nic.device().stream())
                .mapToInt(this::device)
                .filter(at -> at >= 0)
                .distinct()
                .toArray();
        return cabled.length > 0 ? cabled : new int[] {insideOf(server.site())};
    }

    private int device(String name) {
        return devices.getOrDefault(new Element(Element.Kind.DEVICE, name), -1);
    }

    private int[][] waysOf() {
        var of = new int[places.size()][];
        var count = new int[places.size()];
        for (var way : ways) {
            count[way.left()]++;
            count[way.right()]++;
        }
        for (int place = 0; place < of.length; place++) of[place] = new int[count[place]];
        Arrays.fill(count, 0);
        for (int at = 0; at < ways.size(); at++) {
            int left = ways.get(at).left();
            int right = ways.get(at).right();
            of[left][count[left]++] = at;
            of[right][count[right]++] = at;
        }
        return of;
    }

    /** By place: a number that all places share that reach each other; -1 where a place is dark. */
    Parts parts(BitSet darkPlaces, BitSet deadLinks) {
        var parts = new int[places.size()];
        Arrays.fill(parts, -1);
        var stack = new int[places.size()];
        for (int start = 0; start < parts.length; start++) {
            if (parts[start] >= 0 || darkPlaces.get(start)) continue;
            int size = 0;
            stack[size++] = start;
            parts[start] = start;
            while (size > 0) {
                int place = stack[--size];
                for (int at : waysOf[place]) {
                    var way = ways.get(at);
                    int other = way.left() == place ? way.right() : way.left();
                    if (parts[other] >= 0 || darkPlaces.get(other) || (way.link() >= 0 && deadLinks.get(way.link())))
                        continue;
                    parts[other] = start;
                    stack[size++] = other;
                }
            }
        }
        return new Parts(parts);
    }
}
