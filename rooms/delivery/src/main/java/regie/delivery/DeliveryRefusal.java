package regie.delivery;

import java.util.Map;
import regie.kernel.Refusal;

/** Why something can't be delivered again. */
public sealed interface DeliveryRefusal extends Refusal {

    record ReplayOutOfLog(String from, String oldest, String end) implements DeliveryRefusal {
        @Override
        public Kind kind() {
            return Kind.GONE;
        }

        @Override
        public String code() {
            return "replay-out-of-log";
        }

        @Override
        public String detail() {
            return "The log reaches from %s to %s, and %s is not in between. Choose a position that is."
                    .formatted(oldest, end, from);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("oldest", oldest, "end", end);
        }
    }
}
