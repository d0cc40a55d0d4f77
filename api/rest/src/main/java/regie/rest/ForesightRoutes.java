package regie.rest;

import java.util.List;
import regie.compute.CapacityReport;
import regie.compute.WhatIf;

/** What would be, and what is left: questions that change nothing. */
final class ForesightRoutes {
    private final WhatIf whatIf;
    private final CapacityReport capacity;

    ForesightRoutes(RestRooms rooms) {
        this.whatIf = rooms.whatIf();
        this.capacity = rooms.capacity();
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                "GET",
                                "/v1/whatif",
                                "What the loss of parts of the estate, all at once, would take along, and who comes back where.",
                                Shape.WHAT_IF,
                                this::whatIf)
                        .asking(new Parameter(
                                "lose",
                                "what is lost, as KIND/NAME: a site, room, rack, feed, carrier, device, link or server;"
                                        + " may be given more than once")),
                Route.of(
                        "GET",
                        "/v1/spof",
                        "All single points of failure, with what each hits and the smallest changes that remove it.",
                        Shape.SINGLE_POINTS,
                        this::singlePoints),
                Route.of(
                                "GET",
                                "/v1/capacity",
                                "What each site has, has sold and can still sell, and when it runs out.",
                                Shape.CAPACITY,
                                this::capacity)
                        .asking(
                                new Parameter("site", "only this site"),
                                new Parameter(
                                        "flavor",
                                        "only this flavor; room counts as fragmented where not one of it fits")));
    }

    private void whatIf(Request request) {
        request.answer(whatIf.lose(request.caller(), request.parameters("lose")));
    }

    private void capacity(Request request) {
        request.answer(capacity.now(request.caller(), request.parameter("site"), request.parameter("flavor")));
    }

    private void singlePoints(Request request) {
        request.answer(whatIf.singlePoints(request.caller()));
    }
}
