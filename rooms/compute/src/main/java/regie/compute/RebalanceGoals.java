package regie.compute;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.compute.RebalanceAnswer.Aim;
import regie.estate.Element;
import regie.estate.Estate;
import regie.estate.EstateGraph;
import regie.kernel.BadField;
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
     * @throws BadField which names what is wrong with the aim
     * @throws regie.kernel.Refused with {@link regie.estate.EstateRefusal} where nothing is called what is to be emptied
     */
    Goal goal(Aim aim, Inventory inventory) {
        var name = aim.goal();
        BadField.unless(aim.flavor().isEmpty() || name.equals(MAKE_ROOM), "flavor", aim.flavor(), "none for " + name);
        BadField.unless(aim.count().isEmpty() || name.equals(MAKE_ROOM), "count", aim.count(), "none for " + name);
        BadField.unless(aim.from().isEmpty() || name.equals(EVACUATE), "from", aim.from(), "none for " + name);
        return switch (name) {
            case EVEN_LOAD -> new Goal.EvenLoad();
            case EMPTY_HOSTS -> new Goal.EmptyHosts();
            case MAKE_ROOM -> makeRoom(aim);
            case EVACUATE -> new Goal.Evacuate(hosts(aim, inventory));
            default -> {
                BadField.unless(false, "goal", name, "one of " + ALL);
                yield new Goal.EvenLoad();
            }
        };
    }

    private Goal makeRoom(Aim aim) {
        var wanted = aim.flavor().orElse("");
        var flavor = resources.find(tx, Compute.FLAVOR, Compute.FLAVOR.key("", wanted));
        BadField.unless(flavor.isPresent(), "flavor", wanted, "the name of a flavor, of which more are to fit");
        var shape = PlacementRules.shape(flavor.orElseThrow().spec());
        return aim.count().isPresent() ? new Goal.MakeRoom(shape, aim.count().get()) : new Goal.MakeRoom(shape);
    }

    /** All servers that would fall, or be cut off, with what is to be emptied. */
    private Set<UUID> hosts(Aim aim, Inventory inventory) {
        BadField.unless(
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
