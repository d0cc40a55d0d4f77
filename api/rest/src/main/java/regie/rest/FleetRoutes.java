package regie.rest;

import java.util.List;
import regie.compute.Compute;
import regie.compute.Heartbeats;

/** What members of fleets say by themselves, or somebody for them. The same again changes nothing: it needs no key. */
final class FleetRoutes {
    private final Heartbeats heartbeats;

    FleetRoutes(RestRooms rooms) {
        this.heartbeats = rooms.heartbeats();
    }

    List<Route> routes() {
        return List.of(Route.of(
                        "POST",
                        "/v1/projects/{project}/instances/{name}/heartbeat",
                        "Says that a member of a fleet lives, whose health is a heartbeat.",
                        Shape.NOTHING,
                        this::heartbeat)
                .noTransaction());
    }

    private void heartbeat(Request request) {
        heartbeats.heard(request.caller(), Compute.INSTANCE.key(request.path("project"), request.path("name")));
        request.nothing();
    }
}
