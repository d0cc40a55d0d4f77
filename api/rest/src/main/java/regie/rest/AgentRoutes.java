package regie.rest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import regie.compute.Joining;
import regie.identity.AgentRecord;
import regie.identity.Agents;
import regie.kernel.About;
import regie.kernel.Clock;

/** Join tokens for the agents of servers, and the agents that have joined. */
final class AgentRoutes {
    private final Agents agents;
    private final Joining joining;
    private final Clock clock;

    AgentRoutes(RestRooms rooms) {
        this.agents = rooms.agents();
        this.joining = rooms.joining();
        this.clock = rooms.clock();
    }

    record Wanted(
            @About("a declared server, or a range of simulated ones such as par1-h[01-60]")
            String servers,

            @About(value = "how long it can be used, in minutes; at most a week", otherwise = "60") @Min(1) @Max(10_080)
            int minutes) {}

    record Made(
            @About("said this once") String token,
            @About("it can't be used after this") Instant expiresAt) {}

    record AgentList(List<AgentRecord> items) {}

    List<Route> routes() {
        return List.of(
                Route.of(
                                "POST",
                                "/v1/join-tokens",
                                "Makes a token with which the agent of a server joins, once.",
                                Shape.JOIN_TOKEN_MADE,
                                this::make)
                        .taking(Shape.JOIN_TOKEN_WANTED),
                Route.of("GET", "/v1/agents", "The agents that have joined.", Shape.AGENT_LIST, this::list),
                Route.of("DELETE", "/v1/agents/{uid}", "Lets an agent in no more.", Shape.NOTHING, this::revoke));
    }

    private void make(Request request) throws IOException {
        var wanted = request.body(Wanted.class);
        var life = Duration.ofMinutes(wanted.minutes());
        var token = joining.prepare(request.caller(), wanted.servers(), life);
        request.json(201, new Made(token.text(), clock.now().plus(life)));
    }

    private void list(Request request) {
        request.json(200, new AgentList(agents.list(request.caller())));
    }

    private void revoke(Request request) {
        agents.revoke(request.caller(), uid(request));
        request.nothing();
    }

    private static UUID uid(Request request) {
        try {
            return UUID.fromString(request.path("uid"));
        } catch (IllegalArgumentException e) {
            throw request.bad(
                    "uid", "uid is %s; expected one as GET /v1/agents lists them".formatted(request.path("uid")));
        }
    }
}
