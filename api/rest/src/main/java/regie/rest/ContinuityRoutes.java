package regie.rest;

import java.io.IOException;
import java.util.List;
import regie.continuity.DeathRegister;
import regie.continuity.ServerPower;

/** Who is dead and by what proof, and the power of servers. */
final class ContinuityRoutes {
    private static final String POWER = "/v1/servers/{name}/power";

    private final DeathRegister deaths;
    private final ServerPower power;

    ContinuityRoutes(RestRooms rooms) {
        this.deaths = rooms.deaths();
        this.power = rooms.power();
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                "GET",
                                "/v1/deaths",
                                "Servers that are dead or may be: what is suspected, what is done about it, and what proved it.",
                                Shape.DEATHS,
                                request -> request.answer(deaths.list(
                                        request.caller(), request.number("most", 1, DeathRegister.MOST, 100))))
                        .asking(new Parameter("most", "of each so many at most, 1 to 1000; 100 where it is left out")),
                Route.of(
                        "GET",
                        "/v1/leases",
                        "By what each server counts its lease, who votes for it, and who misses its beats.",
                        Shape.LEASES,
                        request -> request.answer(deaths.leases(request.caller()))),
                Route.of(
                        "GET",
                        POWER,
                        "What the server's controller says of its power.",
                        Shape.SERVER_POWER,
                        request -> request.answer(power.show(request.caller(), request.path("name")))),
                Route.of(
                                "POST",
                                POWER,
                                "Switches the server's power at once, whatever runs there.",
                                Shape.SERVER_POWER,
                                this::change)
                        .taking(Shape.SERVER_POWER_WANTED));
    }

    private void change(Request request) throws IOException {
        var wanted = request.body(ServerPower.Wanted.class);
        request.answer(power.change(request.caller(), request.path("name"), wanted));
    }
}
