package regie.rest;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that can be asked for: the one list. Fixed words come before paths with a kind in them. */
final class Routes {
    private Routes() {}

    /**
     * @param openApi made when first asked for: it takes memory that few need
     * @param closing whether the door is going down
     */
    static List<Route> all(
            RestRooms rooms, RestSettings.Build build, Supplier<String> openApi, BooleanSupplier closing) {
        var streams = new EventStreams(rooms, closing);
        return Stream.of(
                        new AboutRoutes(rooms, build, openApi, closing).routes(),
                        new IdentityRoutes(rooms).routes(),
                        new AgentRoutes(rooms).routes(),
                        new ConsoleRoutes(rooms).routes(),
                        new ForesightRoutes(rooms).routes(),
                        new RebalanceRoutes(rooms).routes(),
                        new FleetRoutes(rooms).routes(),
                        new ContinuityRoutes(rooms).routes(),
                        new MaintenanceRoutes(rooms).routes(),
                        new ManifestRoutes(rooms).routes(),
                        new BatchRoutes(rooms).routes(),
                        new ImageRoutes(rooms).routes(),
                        new WebhookRoutes(rooms).routes(),
                        new WatchRoutes(rooms, streams).routes(),
                        new GraphQlRoutes(rooms, streams).routes(),
                        new ResourceRoutes(rooms).routes())
                .flatMap(List::stream)
                .toList();
    }
}
