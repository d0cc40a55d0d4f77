package regie.kernel;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What applying a manifest comes to. */
@JsonPropertyOrder({"number", "changes"})
public final class Changes {
    private final List<Change> changes;

    public Changes(List<Change> changes) {
        this.changes = List.copyOf(changes);
    }

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

    @JsonProperty
    public List<Change> changes() {
        return changes;
    }

    /**
     * Stands for exactly these changes on exactly these generations; {@code apply} can be told to do these and no others. It is
     * reckoned when it is asked for: most changes are made without.
     */
    @JsonProperty
    public String number() {
        return PlanNumber.of(changes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Changes its && changes.equals(its.changes);
    }

    @Override
    public int hashCode() {
        return changes.hashCode();
    }

    @Override
    public String toString() {
        return changes.toString();
    }
}
