package regie.rest;

import java.io.IOException;
import java.util.List;
import regie.compute.RebalanceAnswer;
import regie.compute.Rebalancing;

/** Lists of moves: proposed, carried out, stopped. */
final class RebalanceRoutes {
    private final Rebalancing rebalancing;

    RebalanceRoutes(RestRooms rooms) {
        this.rebalancing = rooms.rebalancing();
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                "GET",
                                "/v1/rebalance/proposal",
                                "Moves that would bring a goal nearer, each legal where those before it are done. Changes nothing.",
                                Shape.REBALANCE_PROPOSAL,
                                this::propose)
                        .asking(new Parameter("goal", "even-load (where left out) or empty-hosts")),
                Route.of(
                        "GET",
                        "/v1/rebalance",
                        "The newest list of moves and how far it has come.",
                        Shape.REBALANCE,
                        request -> request.answer(rebalancing.show(request.caller()))),
                Route.of(
                                "POST",
                                "/v1/rebalance",
                                "Has a list of moves carried out, a few at a time: what a goal comes to, or a list given by hand.",
                                Shape.REBALANCE,
                                this::begin)
                        .taking(Shape.REBALANCE_WANTED),
                Route.of(
                        "POST",
                        "/v1/rebalance/stop",
                        "Lets no more moves of the list begin; those under way come to their end.",
                        Shape.REBALANCE,
                        request -> request.answer(rebalancing.stop(request.caller()))));
    }

    private void propose(Request request) {
        request.answer(
                rebalancing.propose(request.caller(), request.parameter("goal").orElse("even-load")));
    }

    private void begin(Request request) throws IOException {
        request.answer(rebalancing.begin(request.caller(), request.body(RebalanceAnswer.Wanted.class)));
    }
}
