package regie.delivery;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt. */
public sealed interface Outcome {
    /** HTTP status of the answer; empty where none came. */
    default Optional<Integer> status() {
        return Optional.empty();
    }

    /** In words for people; empty where all is well. */
    default String error() {
        return "";
    }

    /** The receiver has it. */
    record Taken(int code) implements Outcome {
        @Override
        public Optional<Integer> status() {
            return Optional.of(code);
        }
    }

    /** @param after the receiver asks to be left alone for so long */
    record Declined(int code, String error, Optional<Duration> after) implements Outcome {
        @Override
        public Optional<Integer> status() {
            return Optional.of(code);
        }
    }

    /** The receiver wants nothing any more (410). */
    record Gone() implements Outcome {
        @Override
        public Optional<Integer> status() {
            return Optional.of(410);
        }

        @Override
        public String error() {
            return "the receiver says that it is gone (410)";
        }
    }

    /** No answer came that means anything, or nothing was sent at all. */
    record Failed(String error) implements Outcome {}
}
