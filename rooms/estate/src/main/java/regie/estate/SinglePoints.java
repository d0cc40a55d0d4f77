package regie.estate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import regie.estate.SinglePoint.Hit;
import regie.estate.SinglePoint.How;

/** Finds every {@link SinglePoint}: by losing each element alone. A server hangs on none of the others, so its loss is cheap. */
public final class SinglePoints {
    private final EstateGraph graph;
    private final List<Group> groups;
    private final BitSet outBefore;

    private SinglePoints(EstateGraph graph, List<Group> groups) {
        this.graph = graph;
        this.groups = groups;
        this.outBefore = graph.before.out();
    }

    /** Those of the estate itself come with {@link #groups}; {@code more} are what runs on it. */
    public static List<SinglePoint> find(EstateGraph graph, List<Group> more) {
        var groups = new ArrayList<>(groups(graph.estate));
        groups.addAll(more);
        groups.removeIf(group -> !group.redundant());
        return new SinglePoints(graph, groups).all();
    }

    /** The services that servers without guests are for, and the parts of the control room. */
    static List<Group> groups(Estate estate) {
        var groups = new ArrayList<Group>();
        estate.byService().forEach((name, servers) -> groups.add(group(Group.Sort.SERVICE, name, servers)));
        estate.byControlRoomPart()
                .forEach((name, servers) -> groups.add(group(Group.Sort.CONTROL_ROOM, name, servers)));
        return groups;
    }

    private static Group group(Group.Sort sort, String name, List<String> servers) {
        return new Group(sort, name, servers, java.util.Optional.empty(), Set.of());
    }

    private List<SinglePoint> all() {
        var points = new ArrayList<SinglePoint>();
        for (var element : graph.elements()) {
            var point = element.kind() == Element.Kind.SERVER ? server(element) : other(element);
            if (!point.hits().isEmpty()) points.add(point);
        }
        return points;
    }

    private SinglePoint server(Element element) {
        var out = (BitSet) outBefore.clone();
        out.set(graph.machines.number(element));
        var hits = new ArrayList<Hit>();
        var changes = new Remedies(graph, element, graph.before);
        groups(element, out, hits, changes);
        return new SinglePoint(element, hits, changes.told());
    }

    private SinglePoint other(Element element) {
        var after = graph.after(Set.of(element));
        var hits = new ArrayList<Hit>();
        var remedies = new Remedies(graph, element, after);
        for (int at = 0; at < graph.machines.all.size(); at++) {
            var machine = graph.machines.all.get(at);
            if (after.lostMachines().get(at)) continue;
            if (news(after.dark(), graph.before.dark(), at)) {
                hits.add(hit(machine, How.DARK));
                remedies.dark(machine);
            } else if (news(after.diskless(), graph.before.diskless(), at)) {
                hits.add(hit(machine, How.DISKLESS));
                remedies.diskless(machine);
            } else if (news(after.cutOff(), graph.before.cutOff(), at)) {
                hits.add(hit(machine, How.CUT_OFF));
                remedies.cutOff(machine, graph.wiring.attachments[at]);
            }
        }
        groups(element, after.out(), hits, remedies);
        return new SinglePoint(element, hits, remedies.told());
    }

    private void groups(Element element, BitSet out, List<Hit> hits, Remedies remedies) {
        for (var group : groups) {
            if (group.survives().contains(element.kind()) || !allOut(group, out) || allOut(group, outBefore)) continue;
            hits.add(new Hit(group.sort().word(), group.name(), How.NOBODY_LEFT));
            remedies.nobodyLeft(group);
        }
    }

    private boolean allOut(Group group, BitSet out) {
        for (var server : group.servers())
            if (!out.get(graph.machines.number(new Element(Element.Kind.SERVER, server)))) return false;
        return true;
    }

    private static Hit hit(Machines.Machine machine, How how) {
        return new Hit(machine.element().kind().word(), machine.element().name(), how);
    }

    private static boolean news(BitSet now, BitSet before, int at) {
        return now.get(at) && !before.get(at);
    }
}
