package regie.agent.lease;

import java.util.Map;

/**
 * Whom to grant nothing: the whole list, never a change to it, so that losing, repeating or reordering lists changes nothing in the
 * end.
 *
 * @param number grows with every change and never goes back; an older list is passed over
 * @param condemned by host, the number of its condemnation, which grows from one to the next
 */
public record Refusals(long number, Map<String, Long> condemned) {
    public static final Refusals NONE = new Refusals(0, Map.of());

    public Refusals {
        if (number < 0) throw new IllegalArgumentException("number %d < 0".formatted(number));
        condemned = Map.copyOf(condemned);
    }
}
