package regie.compute;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.compute.ComputeRefusal.RebalanceMalformed;
import regie.compute.RebalanceAnswer.Aim;
import regie.estate.Element;
import regie.estate.Estate;
import regie.estate.EstateGraph;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.placement.Goal;
import regie.placement.Host;
import regie.placement.Inventory;

/** Reads what moves are to be for. */
final class RebalanceGoals {
    static final String EVEN_LOAD = "even-load";
    private static final String EMPTY_HOSTS = "empty-hosts";
    private static final String MAKE_ROOM = "make-room";
    private static final String EVACUATE = "evacuate";
    private static final String ALL = String.join(", ", EMPTY_HOSTS, EVACUATE, EVEN_LOAD, MAKE_ROOM);

    private final Tx tx;
    private final Resources resources;

    RebalanceGoals(Tx tx, Resources resources) {
        this.tx = tx;
        this.resources = resources;
    }

    /**
     * @throws regie.kernel.Refused with {@link RebalanceMalformed}, or with {@link regie.estate.EstateRefusal} where nothing is called
     *     what is to be emptied
     */
    Goal goal(Aim aim, Inventory inventory) {
        var name = aim.goal();
        RebalanceMalformed.unless(
                aim.flavor().isEmpty() || name.equals(MAKE_ROOM),
                "flavor",
                aim.flavor().orElse(""),
                "none for " + name);
        RebalanceMalformed.unless(
                aim.count().isEmpty() || name.equals(MAKE_ROOM),
                "count",
                aim.count().orElse(0),
                "none for " + name);
        RebalanceMalformed.unless(
                aim.from().isEmpty() || name.equals(EVACUATE), "from", aim.from(), "none for " + name);
        return switch (name) {
            case EVEN_LOAD -> new Goal.EvenLoad();
            case EMPTY_HOSTS -> new Goal.EmptyHosts();
            case MAKE_ROOM -> makeRoom(aim);
            case EVACUATE -> new Goal.Evacuate(hosts(aim, inventory));
            default -> {
                RebalanceMalformed.unless(false, "goal", name, "one of " + ALL);
                yield new Goal.EvenLoad();
            }
        };
    }

    private Goal makeRoom(Aim aim) {
        var wanted = aim.flavor().orElse("");
        var flavor = resources.find(tx, Compute.FLAVOR, Compute.FLAVOR.key("", wanted));
        RebalanceMalformed.unless(
                flavor.isPresent(), "flavor", wanted, "the name of a flavor, of which more are to fit");
        var shape = PlacementRules.shape(flavor.orElseThrow().spec());
        return aim.count().isPresent() ? new Goal.MakeRoom(shape, aim.count().get()) : new Goal.MakeRoom(shape);
    }

    /** All servers that would fall, or be cut off, with what is to be emptied. */
    private Set<UUID> hosts(Aim aim, Inventory inventory) {
        RebalanceMalformed.unless(
                !aim.from().isEmpty(), "from", "", "what is to be emptied, as KIND/NAME, such as server/par1-h07");
        var graph = new EstateGraph(Estate.read(tx, resources));
        var servers = graph.lose(graph.named(aim.from())).fallen().keySet().stream()
                .filter(element -> element.kind() == Element.Kind.SERVER)
                .map(Element::name)
                .collect(Collectors.toSet());
        return inventory.hosts().stream()
                .filter(host -> servers.contains(host.name()))
                .map(Host::id)
                .collect(Collectors.toSet());
    }
}
