package regie.placement;

import java.util.UUID;

/**
 * A machine that needs a place.
 *
 * @param group those that rules speak of as one, within the project; empty for none
 */
public record Guest(UUID id, String project, String group, Shape shape, Rules rules) {
    public Guest {
        boolean alone = rules.apart().isEmpty() && rules.spread().isEmpty();
        Wrong.unless(!group.isEmpty() || alone, "group", group, "a group, for rules of being apart or spread");
    }

    /** The same with another shape. */
    public Guest shaped(Shape other) {
        return new Guest(id, project, group, other, rules);
    }
}
