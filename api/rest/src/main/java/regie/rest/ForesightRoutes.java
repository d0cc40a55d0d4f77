package regie.rest;

import java.util.List;
import regie.compute.WhatIf;

/** What would be, were something lost: questions that change nothing. */
final class ForesightRoutes {
    private final WhatIf whatIf;

    ForesightRoutes(RestRooms rooms) {
        this.whatIf = rooms.whatIf();
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
                        this::singlePoints));
    }

    private void whatIf(Request request) {
        request.answer(whatIf.lose(request.caller(), request.parameters("lose")));
    }

    private void singlePoints(Request request) {
        request.answer(whatIf.singlePoints(request.caller()));
    }
}
