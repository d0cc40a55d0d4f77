package regie.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import regie.graphql.Following;
import regie.graphql.GraphQlDoor;
import regie.kernel.ChangeLog;

/** GraphQL over HTTP: queries as JSON, subscriptions as server-sent events. */
final class GraphQlRoutes {
    private static final List<String> TAKEN = List.of(MediaType.JSON);

    private final Lazy<GraphQlDoor> door;
    private final EventStreams streams;

    GraphQlRoutes(RestRooms rooms, EventStreams streams) {
        this.door = Lazy.of(() -> new GraphQlDoor(rooms.kinds(), rooms.register(), rooms.tail()));
        this.streams = streams;
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                "POST",
                                "/v1/graphql",
                                "A GraphQL query; a subscription is answered with server-sent events, each a result.",
                                Shape.GRAPHQL_ANSWER,
                                this::answer)
                        .taking(Shape.GRAPHQL_REQUEST)
                        .noTransaction(),
                Route.of(
                        "GET",
                        "/v1/graphql/schema",
                        "The GraphQL schema, in its own language.",
                        Shape.TEXT,
                        request -> request.text(MediaType.TEXT, door.get().schema())));
    }

    private void answer(Request request) throws IOException {
        switch (door.get().answer(request.caller(), request.text(TAKEN))) {
            case GraphQlDoor.Answer.Whole whole -> request.text(MediaType.JSON, whole.json());
            case GraphQlDoor.Answer.Stream stream -> streams.serve(request, new Results(stream.following()));
        }
    }

    /** As the protocol "GraphQL over Server-Sent Events" has it: each result is an event {@code next}. */
    private record Results(Following following) implements EventStreams.Source {
        @Override
        public List<byte[]> next(Duration wait) throws InterruptedException {
            return following.next(wait).stream()
                    .map(result -> "event: next\ndata: %s\n\n".formatted(result).getBytes(StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public ChangeLog.Position position() {
            return following.position();
        }
    }
}
