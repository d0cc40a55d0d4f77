package regie.compute;

import regie.kernel.Key;
import regie.kernel.Refusal;

/** Why this room says no. */
public sealed interface ComputeRefusal extends Refusal {

    record SwitchedOff(Key key) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "switched-off";
        }

        @Override
        public String detail() {
            return "%s is switched off. Start it instead: regie instance start %s".formatted(key, key.name());
        }
    }
}
