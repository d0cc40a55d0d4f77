package regie.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which resources of a kind to list, and in which order: of {@link #sort}, or else of project and name.
 *
 * @param labels every pair must be there
 * @param where every condition must hold
 * @param after a page goes on behind this one
 * @param most how many at the most
 */
public record Selection(
        Optional<String> project,
        Map<String, String> labels,
        Optional<UUID> owner,
        List<Filter> where,
        Optional<Sort> sort,
        Optional<After> after,
        int most) {
    public static final int PAGE_MAX = 1000;
    public static final Selection ALL = new Selection(
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Integer.MAX_VALUE);

    /**
     * The last resource of the page before. It need not exist any more: a page goes on behind where it stood.
     *
     * @param value what it had in the field of the sort; empty where it had nothing, or where there is no sort
     */
    public record After(Key key, Optional<String> value) {}

    public Selection {
        labels = Map.copyOf(labels);
        where = List.copyOf(where);
    }

    public Selection inProject(String name) {
        return new Selection(Optional.of(name), labels, owner, where, sort, after, most);
    }

    public Selection ownedBy(UUID uid) {
        return new Selection(project, labels, Optional.of(uid), where, sort, after, most);
    }

    public Selection withLabels(Map<String, String> pairs) {
        return new Selection(project, pairs, owner, where, sort, after, most);
    }

    public Selection where(List<Filter> conditions) {
        return new Selection(project, labels, owner, conditions, sort, after, most);
    }

    public Selection sorted(Optional<Sort> by) {
        return new Selection(project, labels, owner, where, by, after, most);
    }

    public Selection page(Optional<After> behind, int size) {
        return new Selection(project, labels, owner, where, sort, behind, size);
    }

    /** What a page behind {@code last} goes on after. */
    public After behind(Declared<?, ?> last) {
        return new After(last.key(), sort.flatMap(by -> by.field().read(last)));
    }
}
