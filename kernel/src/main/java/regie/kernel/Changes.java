package regie.kernel;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What applying a manifest comes to.
 *
 * @param number stands for exactly these changes on exactly these generations; {@code apply} can be told to do these and no others
 */
public record Changes(String number, List<Change> changes) {
    public enum Action {
        CREATE,
        CHANGE,
        DELETE,
        KEEP
    }

    /** @param generation the one that it is based on; 0 for a creation */
    public record Change(Action action, Key key, long generation, List<Difference> differences) {}

    /** @param field path with dots, such as {@code spec.count} */
    public record Difference(String field, Optional<JsonNode> before, Optional<JsonNode> after) {}
}
