package regie.estate;

import java.util.Map;
import regie.kernel.Refusal;

/** Why this room says no. */
public sealed interface EstateRefusal extends Refusal {

    /** @param expected what would have been right */
    record LossMalformed(String given, String expected) implements EstateRefusal {
        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "loss-malformed";
        }

        @Override
        public String detail() {
            return given.isEmpty()
                    ? "Nothing is named that is lost; expected %s.".formatted(expected)
                    : "%s names nothing that can be lost; expected %s.".formatted(given, expected);
        }
    }

    /** @param hint the name that was probably meant; may be empty */
    record NothingToLose(String element, String hint) implements EstateRefusal {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String code() {
            return "nothing-to-lose";
        }

        @Override
        public String detail() {
            return "There is no %s in the estate%s".formatted(element, hint.isEmpty() ? "." : hint);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("element", element);
        }
    }
}
