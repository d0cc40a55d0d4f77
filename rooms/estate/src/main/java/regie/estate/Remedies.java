package regie.estate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The smallest changes after which an element is no single point of failure any more, gathered for whole runs of names. */
final class Remedies {
    private static final String GAP = "{}";

    private final EstateGraph graph;
    private final Element element;
    private final Aftermath after;
    /** Sentences with one {@link #GAP}, and the names for it. */
    private final Map<String, TreeSet<String>> sentences = new LinkedHashMap<>();

    Remedies(EstateGraph graph, Element element, Aftermath after) {
        this.graph = graph;
        this.element = element;
        this.after = after;
    }

    void dark(Machines.Machine machine) {
        var feeds = machine.feeds();
        if (feeds.size() > 1) {
            add("feed {} from another source than " + element, feedName(feeds.getLast()));
            return;
        }
        var other = otherFeed(machine.site());
        var kind = machine.element().kind().word();
        if (!machine.suppliesDeclared()) {
            add("a second feed (%s) to rack {}".formatted(other), machine.rack());
        } else {
            add(
                    "a second power supply of %s {} on %s".formatted(kind, other),
                    machine.element().name());
        }
    }

    void diskless(Machines.Machine machine) {
        for (int device : machine.diskDevices()) {
            boolean byPower = after.dark().get(device) && !after.lostMachines().get(device);
            if (byPower || !after.dark().get(device)) continue; // the device's own supply is the smaller change
            var holder = graph.machines.all.get(device).element();
            add(
                    "a second home, beside %s, for the disks of server {}".formatted(holder),
                    machine.element().name());
        }
    }

    void cutOff(Machines.Machine machine, int[] attachments) {
        if (darkGateway()) return; // a second supply of that device is the smaller change
        boolean direct =
                Arrays.stream(attachments).allMatch(place -> after.parts().dark(place));
        if (direct) {
            add(
                    "a second port of server {}, cabled " + beside(),
                    machine.element().name());
            return;
        }
        var edge = edge(attachments);
        add(
                "a second link %s {}, %s"
                        .formatted(edge.kind() == Element.Kind.SITE ? "out of site" : "from device", beside()),
                edge.name());
    }

    void nobodyLeft(Group group) {
        var pinned = group.pinned()
                .filter(site -> element.equals(new Element(Element.Kind.SITE, site)))
                .map(" (today all are tied to site %s)"::formatted)
                .orElse("");
        var who = switch (group.sort()) {
            case FLEET, GROUP -> "one member of " + group.sort().word() + " {} ";
            case SERVICE -> "one server of service {} ";
            case CONTROL_ROOM -> "a second server with the control room's {} ";
        };
        add(who + elsewhere() + pinned, group.name());
    }

    List<String> told() {
        var told = new ArrayList<String>();
        sentences.forEach((sentence, names) -> told.add(sentence.replace(GAP, RangedNames.of(names))));
        return told;
    }

    private void add(String sentence, String name) {
        sentences.computeIfAbsent(sentence, _ -> new TreeSet<>()).add(name);
    }

    private String feedName(int feed) {
        return graph.feeds.names.get(feed);
    }

    /** A feed of the site that outlives the element. */
    private String otherFeed(String site) {
        for (int feed = 0; feed < graph.feeds.names.size(); feed++)
            if (graph.feeds.sites.get(feed).equals(site) && after.liveFeeds().get(feed))
                return "feed " + feedName(feed);
        return "a new feed of site %s that does not hang on %s".formatted(site, element);
    }

    private boolean darkGateway() {
        for (int at = graph.machines.servers; at < graph.machines.all.size(); at++)
            if (after.dark().get(at)
                    && !graph.before.dark().get(at)
                    && !after.lostMachines().get(at)) return true;
        return false;
    }

    /** What to begin a second link at: the site where its own network is cut off as a whole, else a device that still stands. */
    private Element edge(int[] attachments) {
        int part = Arrays.stream(attachments)
                .map(after.parts()::of)
                .filter(at -> at >= 0)
                .findFirst()
                .orElseThrow();
        Element device = null;
        for (int place = 0; place < graph.wiring.places.size(); place++) {
            if (after.parts().of(place) != part) continue;
            var here = graph.wiring.places.get(place);
            if (here.kind() == Element.Kind.SITE) return here;
            if (device == null) device = here;
        }
        return regie.kernel.Check.present(device);
    }

    private String beside() {
        return switch (element.kind()) {
            case LINK -> "beside " + element;
            case CARRIER -> "of another carrier than " + element.name();
            case DEVICE -> "to another device than " + element.name();
            case RACK, ROOM ->
                "to a device in another %s than %s".formatted(element.kind().word(), element.name());
            case SITE -> "that does not pass site " + element.name();
            case FEED, SERVER -> "that does not hang on " + element;
        };
    }

    private String elsewhere() {
        return switch (element.kind()) {
            case SITE -> "at another site than " + element.name();
            case ROOM, RACK -> "in another %s than %s".formatted(element.kind().word(), element.name());
            case FEED -> "on a server that stays live without " + element;
            case SERVER -> "on another server than " + element.name();
            case CARRIER, DEVICE, LINK -> "on a server that stays in reach without " + element;
        };
    }
}
