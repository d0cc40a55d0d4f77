package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;

/** What is shown of moves: proposed, or being carried out. */
public final class RebalanceAnswer {
    private RebalanceAnswer() {}

    /**
     * What moves are for.
     *
     * @param flavor of which more are to fit, for make-room
     * @param count so many more are enough; as many as can be where left out
     * @param from what is to be emptied, for evacuate: {@code KIND/NAME}
     * @param most a plan has no more moves; from 1 to 100
     */
    public record Aim(String goal, Optional<String> flavor, Optional<Integer> count, List<String> from, int most) {
        public static final int MOST = 100;

        public Aim {
            from = List.copyOf(from);
            check(count, most);
        }

        private static void check(Optional<Integer> count, int most) {
            BadField.unless(count.filter(some -> some < 1).isEmpty(), "count", count.orElse(0), "1 or more");
            BadField.unless(most >= 1 && most <= MOST, "most", most, "from 1 to " + MOST);
        }

        public static Aim of(String goal) {
            return new Aim(goal, Optional.empty(), Optional.empty(), List.of(), MOST);
        }

        /** Such as {@code evacuate server/par1-h07}. */
        String words() {
            var words = new StringBuilder(goal);
            flavor.ifPresent(name -> words.append(' ').append(name));
            from.forEach(name -> words.append(' ').append(name));
            return words.toString();
        }
    }

    /** @param number what to hold the carrying out to */
    public record Proposal(
            @About("what it is for") String goal,
            @About("changes with anything that is proposed") String number,

            @About(
                    "the measure of the goal as it is: even-load, the sum of the squares of the servers' shares of threads in use; empty-hosts, servers without a machine; make-room, how many of the flavor fit; evacuate, machines there")
            double before,

            @About("the measure after the last move") double after,
            @About("in their order") List<Proposed> moves,

            @About("whether the solver found these moves, better ones than the heuristic did")
            boolean improved,

            @About("why the solver could not look for better ones")
            Optional<String> notImproved) {}

    public record Proposed(
            @About("PROJECT/NAME of the instance") String instance,
            @About("name of the server it is on") String from,
            @About("name of the server it is to go to") String to,

            @About("NUMA nodes of that server that it is to be on")
            List<Integer> nodes) {}

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
            @About("even-load, empty-hosts, make-room or evacuate; where moves are given too, what they are for")
            Optional<String> goal,

            @About("flavor of which more are to fit, for make-room")
            Optional<String> flavor,

            @About("so many more of the flavor are enough") Optional<Integer> count,

            @About(value = "what is to be emptied, for evacuate: KIND/NAME, such as server/par1-h07", otherwise = "[]")
            List<String> from,

            @About("no more moves than that, at most 100") Optional<Integer> most,

            @About("number of the proposal that it must still be; none where moves are given")
            Optional<String> number,

            @About(value = "moves in their order; left out for what the goal comes to", otherwise = "[]")
            List<Move> moves) {
        public Wanted {
            from = List.copyOf(from);
            moves = List.copyOf(moves);
            Aim.check(count, most.orElse(Aim.MOST));
        }

        /** Empty where only moves are given. */
        Optional<Aim> aim() {
            return goal.map(name -> new Aim(name, flavor, count, from, most.orElse(Aim.MOST)));
        }
    }

    public record Move(
            @About("PROJECT/NAME of the instance") String instance,
            @About("name of the server it is to go to") String to,

            @About(
                    value =
                            "NUMA nodes of that server that it is to be on if they still have the room; whichever suit where left out",
                    otherwise = "[]")
            List<Integer> nodes) {
        public Move {
            nodes = List.copyOf(nodes);
        }
    }
}
