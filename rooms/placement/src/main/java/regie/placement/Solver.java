package regie.placement;

import java.time.Duration;
import java.util.List;

/** Solves an integer program as well as it can in a given time. What it finds differs from run to run. */
public interface Solver {
    /** @param limit it returns soon after that at the latest */
    Answer solve(Program program, Duration limit);

    sealed interface Answer {
        /**
         * @param values of the variables, by their numbers; they meet all constraints
         * @param bound no values at all have a larger objective
         */
        record Found(List<Long> values, long objective, long bound) implements Answer {
            public Found {
                values = List.copyOf(values);
            }
        }

        /** There are no values that meet all constraints, or none were found in time. */
        record Nothing() implements Answer {}

        /** @param why it can't be asked here, or not now, in words */
        record Unavailable(String why) implements Answer {}
    }
}
