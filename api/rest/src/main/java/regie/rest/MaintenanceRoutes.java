package regie.rest;

import java.io.IOException;
import java.util.List;
import regie.continuity.Maintaining;

/** What a maintenance would come to, and beginning one where that breaks nothing. */
final class MaintenanceRoutes {
    private final Maintaining maintaining;

    MaintenanceRoutes(RestRooms rooms) {
        this.maintaining = rooms.maintaining();
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                "POST",
                                "/v1/maintain/forecast",
                                "What would come of a maintenance: in which order servers are emptied, where their machines go, which can't be taken out and why. Changes nothing.",
                                Shape.MAINTENANCE_FORECAST,
                                this::foresee)
                        .taking(Shape.MAINTENANCE_WANTED),
                Route.of(
                                "POST",
                                "/v1/maintain",
                                "Begins a maintenance; refused where a server can't be taken out, unless it may begin partly.",
                                Shape.MAINTENANCE_FORECAST,
                                this::begin)
                        .taking(Shape.MAINTENANCE_WANTED));
    }

    private void foresee(Request request) throws IOException {
        request.answer(maintaining.foresee(request.caller(), request.body(Maintaining.Intent.class)));
    }

    private void begin(Request request) throws IOException {
        request.answer(maintaining.begin(request.caller(), request.body(Maintaining.Intent.class)));
    }
}
