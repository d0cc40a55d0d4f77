package regie.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which resources of a kind to list, in order of project and name.
 *
 * @param labels every pair must be there
 * @param after a page goes on behind this one
 * @param most how many at the most
 */
public record Selection(
        Optional<String> project, Map<String, String> labels, Optional<UUID> owner, Optional<Key> after, int most) {
    public static final int PAGE_MAX = 1000;
    public static final Selection ALL =
            new Selection(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE);

    public Selection inProject(String name) {
        return new Selection(Optional.of(name), labels, owner, after, most);
    }

    public Selection ownedBy(UUID uid) {
        return new Selection(project, labels, Optional.of(uid), after, most);
    }

    public Selection withLabels(Map<String, String> pairs) {
        return new Selection(project, pairs, owner, after, most);
    }

    public Selection page(Optional<Key> behind, int size) {
        return new Selection(project, labels, owner, behind, size);
    }
}
