package regie.identity;

import java.util.Map;
import regie.kernel.Refusal;

/** Why a request with an {@code Idempotency-Key} is not done. */
public sealed interface RepeatRefusal extends Refusal {

    record Reused(String key) implements RepeatRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "idempotency-key-reused";
        }

        @Override
        public String detail() {
            return ("The Idempotency-Key %s came with another request in the last %d hours; nothing was changed."
                            + " Send each request under a key of its own.")
                    .formatted(key, Repeats.KEPT.toHours());
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("key", key);
        }
    }

    record UnderWay(String key) implements RepeatRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "request-under-way";
        }

        @Override
        public String detail() {
            return "The request with the Idempotency-Key %s is still under way. Send it again in a moment for its answer."
                    .formatted(key);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("key", key);
        }
    }
}
