package regie.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import regie.compute.RebalanceAnswer;
import regie.compute.RebalanceAnswer.Aim;
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
                        .asking(
                                new Parameter("goal", "even-load (where left out), empty-hosts, make-room or evacuate"),
                                new Parameter("flavor", "flavor of which more are to fit, for make-room"),
                                new Parameter("count", "so many more of the flavor are enough"),
                                new Parameter(
                                        "from",
                                        "what is to be emptied, for evacuate: KIND/NAME, such as server/par1-h07 or rack/par1-r2; may come several times"),
                                new Parameter("most", "no more moves than that, at most 100"),
                                new Parameter(
                                        "improve",
                                        "for so many seconds, at most 20, the solver looks for better moves than were found at once; 0 where left out")),
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
        var count = request.number("count", 1, Integer.MAX_VALUE, 0);
        var aim = new Aim(
                request.parameter("goal").orElse("even-load"),
                request.parameter("flavor"),
                count == 0 ? Optional.empty() : Optional.of(count),
                request.parameters("from"),
                request.number("most", 1, Aim.MOST, Aim.MOST));
        int improve = request.number("improve", 0, Rebalancing.IMPROVE_SECONDS_MAX, 0);
        request.answer(rebalancing.propose(request.caller(), aim, Duration.ofSeconds(improve)));
    }

    private void begin(Request request) throws IOException {
        request.answer(rebalancing.begin(request.caller(), request.body(RebalanceAnswer.Wanted.class)));
    }
}
