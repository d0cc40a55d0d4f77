package regie.estate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What hangs on what in an estate: power from the feeds that come in to each supply, packets from the networks outside to each
 * server's port, disks on storage devices, and all that stands in a rack, a room or a site. Made once from what is declared, and
 * then asked what a loss takes along; a question costs as much as the estate is large.
 */
public final class EstateGraph {
    final Estate estate;
    final Feeds feeds;
    final Machines machines;
    final Wiring wiring;
    /** What is out already, with nothing lost; nothing of it is ever laid at a loss's door. */
    final Aftermath before;

    /** By site: whether its servers have to reach another site's network, where no network outside is declared. */
    private final Set<String> linkedSites = new HashSet<>();

    private final Map<Integer, List<String>> sitesOfPart = new HashMap<>();
    private final Set<Element> elements;

    public EstateGraph(Estate estate) {
        this.estate = estate;
        this.feeds = new Feeds(estate);
        this.machines = new Machines(estate, feeds);
        this.wiring = new Wiring(estate);
        this.elements = collect();
        var whole = wiring.parts(new BitSet(), new BitSet());
        for (var site : estate.sites().keySet()) {
            sitesOfPart
                    .computeIfAbsent(whole.of(wiring.insideOf(site)), _ -> new ArrayList<>())
                    .add(site);
        }
        for (var together : sitesOfPart.values()) if (together.size() > 1) linkedSites.addAll(together);
        this.before = after(Set.of());
    }

    /** All that can be lost. */
    public Set<Element> elements() {
        return elements;
    }

    public int count(Element.Kind kind) {
        return (int) elements.stream().filter(element -> element.kind() == kind).count();
    }

    /** What it was made from. */
    public Estate estate() {
        return estate;
    }

    /**
     * Reads words such as {@code feed/par1-b}, in order from the large to the small.
     *
     * @throws regie.kernel.Refused with {@link EstateRefusal}
     */
    public Set<Element> named(Collection<String> words) {
        return new LossWords(elements).read(words);
    }

    /** What {@code lost}, all at once, takes along. */
    public Loss lose(Collection<Element> lost) {
        var all = Set.copyOf(lost);
        return new Losses(this, all, after(all)).told();
    }

    Aftermath after(Set<Element> lost) {
        var lostMachines = new BitSet();
        for (int at = 0; at < machines.all.size(); at++) {
            var machine = machines.all.get(at);
            if (lost.contains(machine.element()) || lost.stream().anyMatch(machine::standsIn)) lostMachines.set(at);
        }
        var live = feeds.live(lostFeeds(lost));
        var dark = dark(lostMachines, live);
        var diskless = diskless(dark);
        var darkPlaces = darkPlaces(lost, dark);
        var deadLinks = deadLinks(lost);
        var parts = wiring.parts(darkPlaces, deadLinks);
        var cutOff = cutOff(dark, diskless, parts);
        return new Aftermath(live, lostMachines, dark, diskless, cutOff, darkPlaces, deadLinks, parts);
    }

    private BitSet lostFeeds(Set<Element> lost) {
        var feedsLost = new BitSet();
        for (var element : lost) {
            if (element.kind() == Element.Kind.FEED) feedsLost.set(feeds.number(element.name()));
            if (element.kind() != Element.Kind.SITE) continue;
            for (int at = 0; at < feeds.names.size(); at++)
                if (feeds.sites.get(at).equals(element.name())) feedsLost.set(at);
        }
        return feedsLost;
    }

    private BitSet dark(BitSet lostMachines, BitSet live) {
        var dark = (BitSet) lostMachines.clone();
        for (int at = 0; at < machines.all.size(); at++) {
            var fed = machines.all.get(at).feeds();
            boolean any = fed.isEmpty();
            for (int feed : fed) any |= live.get(feed);
            if (!any) dark.set(at);
        }
        return dark;
    }

    private BitSet diskless(BitSet dark) {
        var diskless = new BitSet();
        for (int at = 0; at < machines.servers; at++) {
            if (dark.get(at)) continue;
            for (int device : machines.all.get(at).diskDevices()) if (dark.get(device)) diskless.set(at);
        }
        return diskless;
    }

    private BitSet darkPlaces(Set<Element> lost, BitSet dark) {
        var places = new BitSet();
        for (int at = 0; at < wiring.places.size(); at++) {
            var place = wiring.places.get(at);
            boolean gone = switch (place.kind()) {
                case DEVICE -> dark.get(machines.number(place));
                case SITE -> lost.contains(place);
                default -> false; // a network outside is lost with the links that its carrier runs
            };
            if (gone) places.set(at);
        }
        return places;
    }

    private BitSet deadLinks(Set<Element> lost) {
        var dead = new BitSet();
        for (int at = 0; at < wiring.links.size(); at++) {
            boolean gone = lost.contains(new Element(Element.Kind.LINK, wiring.links.get(at)));
            gone |= wiring.carriers
                    .get(at)
                    .filter(name -> lost.contains(new Element(Element.Kind.CARRIER, name)))
                    .isPresent();
            if (gone) dead.set(at);
        }
        return dead;
    }

    private BitSet cutOff(BitSet dark, BitSet diskless, Parts parts) {
        var reaching = reaching(parts);
        var cutOff = new BitSet();
        for (int at = 0; at < machines.servers; at++) {
            if (dark.get(at) || diskless.get(at)) continue;
            var site = machines.all.get(at).site();
            boolean reached = false;
            for (int place : wiring.attachments[at])
                reached |= !parts.dark(place) && reaches(site, reaching, parts.of(place));
            if (!reached) cutOff.set(at);
        }
        return cutOff;
    }

    /** By part: places in it that count as the outside. */
    private Map<Integer, Set<Integer>> reaching(Parts parts) {
        var counting = wiring.outsideDeclared ? wiring.outsides() : insides();
        var reaching = new HashMap<Integer, Set<Integer>>();
        for (int place : counting)
            if (!parts.dark(place))
                reaching.computeIfAbsent(parts.of(place), _ -> new HashSet<>()).add(place);
        return reaching;
    }

    private Set<Integer> insides() {
        var insides = new HashSet<Integer>();
        for (var site : estate.sites().keySet()) insides.add(wiring.insideOf(site));
        return insides;
    }

    private boolean reaches(String site, Map<Integer, Set<Integer>> reaching, int part) {
        var there = reaching.getOrDefault(part, Set.of());
        if (wiring.outsideDeclared) return !there.isEmpty();
        int own = wiring.insideOf(site);
        if (!linkedSites.contains(site)) return !there.isEmpty();
        return there.size() > (there.contains(own) ? 1 : 0);
    }

    private Set<Element> collect() {
        var all = new TreeSet<Element>();
        add(all, Element.Kind.SITE, estate.sites().keySet());
        add(all, Element.Kind.RACK, estate.racks().keySet());
        add(all, Element.Kind.FEED, estate.feeds().keySet());
        add(all, Element.Kind.SERVER, estate.servers().keySet());
        add(all, Element.Kind.DEVICE, estate.devices().keySet());
        add(all, Element.Kind.LINK, estate.links().keySet());
        for (var rack : estate.racks().values())
            Machines.room(rack).ifPresent(room -> all.add(new Element(Element.Kind.ROOM, room)));
        for (var name : wiring.carriers)
            add(all, Element.Kind.CARRIER, name.stream().toList());
        return all;
    }

    private static void add(Set<Element> all, Element.Kind kind, Collection<String> names) {
        for (var name : names) all.add(new Element(kind, name));
    }
}
