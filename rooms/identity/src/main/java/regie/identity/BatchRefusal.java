package regie.identity;

import java.util.HashMap;
import java.util.Map;
import regie.kernel.Refusal;

/**
 * Why none of a batch's operations is done: what one of them was refused for.
 *
 * @param operation its place in the batch, counted from 0
 */
public record BatchRefusal(int operation, Refusal cause) implements Refusal {
    @Override
    public Kind kind() {
        return cause.kind();
    }

    @Override
    public String code() {
        return cause.code();
    }

    @Override
    public String detail() {
        return "operations.%d: %s Nothing of the batch was done.".formatted(operation, cause.detail());
    }

    @Override
    public Map<String, Object> facts() {
        var facts = new HashMap<>(cause.facts());
        facts.put("operation", operation);
        return facts;
    }
}
