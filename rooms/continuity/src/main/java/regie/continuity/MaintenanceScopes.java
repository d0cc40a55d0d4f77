package regie.continuity;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import regie.continuity.MaintenanceSpec.Scope;
import regie.estate.Element;
import regie.estate.Estate;
import regie.estate.EstateGraph;
import regie.estate.PowerSupply;
import regie.estate.RackSpec;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.kernel.Declared;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;

/** Which servers a maintenance is about. */
final class MaintenanceScopes {
    /**
     * @param servers in the order of their turns: rack by rack
     * @param staying names of those that hang on the feed too, and stand without it
     */
    record Scoped(List<Declared<ServerSpec, ServerStatus>> servers, List<String> staying) {
        Scoped {
            servers = List.copyOf(servers);
            staying = List.copyOf(staying);
        }
    }

    private MaintenanceScopes() {}

    /** @param feedsOut names of feeds that others work on: what hangs on those and on this one falls with this one */
    static Scoped read(Tx tx, Resources resources, Scope scope, Collection<String> feedsOut) {
        var all = resources.list(tx, Servers.KIND, selection(scope)).stream()
                .filter(server -> !server.deleting() && server.spec().state() != ServerSpec.State.RETIRED)
                .sorted(Comparator.comparing((Declared<ServerSpec, ServerStatus> server) ->
                                server.spec().site())
                        .thenComparing(server -> server.spec().rack().orElse(""))
                        .thenComparing(Declared::name))
                .toList();
        if (scope.feed().isPresent()) return fed(tx, resources, scope.feed().get(), feedsOut, all);
        return new Scoped(
                all.stream()
                        .filter(server ->
                                scope.server().isEmpty() || scope.server().get().equals(server.name()))
                        .filter(server -> scope.rack().isEmpty()
                                || scope.rack().equals(server.spec().rack()))
                        .filter(server -> scope.site().isEmpty()
                                || scope.site().get().equals(server.spec().site()))
                        .toList(),
                List.of());
    }

    private static Selection selection(Scope scope) {
        return scope.labels().map(Selection.ALL::withLabels).orElse(Selection.ALL);
    }

    private static Scoped fed(
            Tx tx,
            Resources resources,
            String feed,
            Collection<String> feedsOut,
            List<Declared<ServerSpec, ServerStatus>> all) {
        var graph = new EstateGraph(Estate.read(tx, resources));
        var element = new Element(Element.Kind.FEED, feed);
        if (!graph.elements().contains(element)) return new Scoped(List.of(), List.of());
        var lost = feedsOut.stream()
                .map(name -> new Element(Element.Kind.FEED, name))
                .filter(graph.elements()::contains)
                .collect(Collectors.toSet());
        lost.add(element);
        var fallen = graph.lose(lost).fallen().keySet();
        Set<String> names = fallen.stream()
                .filter(each -> each.kind() == Element.Kind.SERVER)
                .map(Element::name)
                .collect(Collectors.toSet());
        var staying = new TreeSet<String>();
        for (var server : all)
            if (!names.contains(server.name()) && hangsOn(graph.estate(), server.spec(), feed))
                staying.add(server.name());
        return new Scoped(
                all.stream().filter(server -> names.contains(server.name())).toList(), List.copyOf(staying));
    }

    private static boolean hangsOn(Estate estate, ServerSpec server, String feed) {
        if (!server.powerSupplies().isEmpty())
            return server.powerSupplies().stream().map(PowerSupply::feed).anyMatch(feed::equals);
        return server.rack()
                .map(estate.racks()::get)
                .map(RackSpec::feeds)
                .orElse(List.of())
                .contains(feed);
    }
}
