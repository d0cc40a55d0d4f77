package regie.server;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import regie.compute.Compute;
import regie.compute.InstanceActions;
import regie.compute.ServerActions;
import regie.continuity.MaintenanceActions;
import regie.continuity.Maintenances;
import regie.continuity.Storms;
import regie.delivery.WebhookKinds;
import regie.estate.Devices;
import regie.estate.Servers;
import regie.estate.Sites;
import regie.identity.Projects;
import regie.kernel.Action;
import regie.kernel.Actions;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.network.Networks;

/** Which rooms there are and what each brings: the lists to add to. */
final class Rooms {
    /** Schemas of the database, in the order in which they are brought up to date. */
    static final List<String> SCHEMAS =
            List.of("kernel", "identity", "network", "storage", "compute", "continuity", "delivery");

    /** What is needed comes before who needs it. */
    private static final List<Kind<?, ?>> KINDS = Stream.of(
                    Stream.<Kind<?, ?>>of(
                            Projects.KIND,
                            Sites.KIND,
                            Sites.FEED,
                            Sites.RACK,
                            Servers.KIND,
                            Devices.KIND,
                            Devices.LINK,
                            Networks.KIND),
                    Compute.KINDS.stream(),
                    Stream.of(Storms.KIND, Maintenances.KIND),
                    WebhookKinds.ALL.stream())
            .<Kind<?, ?>>flatMap(kinds -> kinds)
            .toList();

    /** Kinds of the estate that members of a project choose from, and therefore read. */
    static final Set<String> CATALOGUE =
            Set.of(Sites.KIND.name(), Networks.KIND.name(), Compute.FLAVOR.name(), Compute.IMAGE.name());

    private Rooms() {}

    static Kinds kinds() {
        return new Kinds(KINDS);
    }

    static Actions actions() {
        return new Actions(Stream.of(InstanceActions.ALL, ServerActions.ALL, Storms.ACTIONS, MaintenanceActions.ALL)
                .<Action<?, ?, ?>>flatMap(List::stream)
                .toList());
    }
}
