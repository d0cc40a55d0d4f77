package regie.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import regie.compute.Compute;
import regie.compute.Consoles;
import regie.identity.Register;

/** What machines wrote to their serial consoles. {@link ConsoleSocket} is for those who want to type. */
final class ConsoleRoutes {
    static final String PATH = "/v1/projects/{project}/instances/{name}/console";
    private static final int BYTES = 64 << 10;
    private static final int BYTES_MAX = 1 << 20;

    private final Register register;
    private final Consoles consoles;

    ConsoleRoutes(RestRooms rooms) {
        this.register = rooms.register();
        this.consoles = rooms.consoles();
    }

    List<Route> routes() {
        return List.of(Route.of(
                        "GET",
                        PATH + "-log",
                        "The end of what an instance wrote to its serial console.",
                        Shape.TEXT,
                        this::log)
                .asking(new Parameter("bytes", "how much of it, 1 to 1048576; 65536 where it is left out")));
    }

    private void log(Request request) {
        var key = Compute.INSTANCE.key(request.path("project"), request.path("name"));
        var instance = register.get(request.caller(), key);
        var bytes = consoles.log(key, instance.uid(), request.number("bytes", 1, BYTES_MAX, BYTES));
        request.text("text/plain", new String(bytes, StandardCharsets.UTF_8));
    }
}
