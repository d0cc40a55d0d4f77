package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;

/** What is shown of moves: proposed, or being carried out. */
public final class RebalanceAnswer {
    private RebalanceAnswer() {}

    /** @param number what to hold the carrying out to */
    public record Proposal(
            @About("what it is for") String goal,
            @About("changes with anything that is proposed") String number,
            @About("the measure of the goal as it is") double before,
            @About("the measure after the last move") double after,
            @About("in their order") List<Proposed> moves) {}

    public record Proposed(
            @About("PROJECT/NAME of the instance") String instance,
            @About("name of the server it is on") String from,
            @About("name of the server it is to go to") String to) {}

    /** The newest list. */
    public record Running(
            @About("what it is for") String origin,
            @About("when it began") Optional<Instant> begun,
            @About("when nothing was left to do") Optional<Instant> ended,
            @About("whether it was stopped") boolean stopped,
            @About("in their order") List<Step> moves) {}

    public record Step(
            @About("PROJECT/NAME of the instance; its uid where it is gone")
            String instance,

            @About("name of the server it is to go to") String to,
            @About("waiting, going, done, failed, dropped") String state,

            @About("why it failed, or waits for its turn again")
            String why) {}

    /** What is asked to be carried out: a list given by hand, or what a goal comes to. */
    public record Wanted(
            @About("even-load or empty-hosts; left out where moves are given")
            Optional<String> goal,

            @About("number of the proposal that it must still be")
            Optional<String> number,

            @About(value = "moves in their order; left out where a goal is given", otherwise = "[]")
            List<Move> moves) {
        public Wanted {
            moves = List.copyOf(moves);
        }
    }

    public record Move(
            @About("PROJECT/NAME of the instance") String instance,
            @About("name of the server it is to go to") String to) {}
}
