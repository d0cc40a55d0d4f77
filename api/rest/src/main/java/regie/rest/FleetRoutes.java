package regie.rest;

import java.io.IOException;
import java.util.List;
import regie.compute.Compute;
import regie.compute.Heartbeats;
import regie.compute.Metrics;

/** What members of fleets say by themselves, or somebody for them. The same again changes nothing: it needs no key. */
final class FleetRoutes {
    private final Heartbeats heartbeats;
    private final Metrics metrics;

    FleetRoutes(RestRooms rooms) {
        this.heartbeats = rooms.heartbeats();
        this.metrics = rooms.metrics();
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                "POST",
                                "/v1/projects/{project}/instances/{name}/heartbeat",
                                "Says that a member of a fleet lives, whose health is a heartbeat.",
                                Shape.NOTHING,
                                this::heartbeat)
                        .noTransaction(),
                Route.of(
                                "POST",
                                "/v1/projects/{project}/fleets/{name}/metric",
                                "Says how much there is now of what the fleet's size follows.",
                                Shape.NOTHING,
                                this::metric)
                        .taking(Shape.METRIC_SAMPLE)
                        .noTransaction());
    }

    private void metric(Request request) throws IOException {
        var fleet = Compute.FLEET.key(request.path("project"), request.path("name"));
        metrics.sampled(request.caller(), fleet, request.body(Metrics.Sample.class));
        request.nothing();
    }

    private void heartbeat(Request request) {
        heartbeats.heard(request.caller(), Compute.INSTANCE.key(request.path("project"), request.path("name")));
        request.nothing();
    }
}
