package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All needs, each once. */
final class Needs {
    private final Map<Key, Need> known = new HashMap<>();
    private final List<Need> all = new ArrayList<>();
    private final Set<String> dedicated;

    private record Key(
            String project, Shape shape, Map<String, String> requires, Set<String> sites, Set<String> countries) {
        @Override
        public int hashCode() {
            return 31 * (31 * project.hashCode() + shape.hashCode())
                    + requires.hashCode()
                    + sites.hashCode()
                    + countries.hashCode();
        }
    }

    /** @param dedicated projects that have hosts of their own; only for their guests the project decides where they may go */
    Needs(Set<String> dedicated) {
        this.dedicated = Set.copyOf(dedicated);
    }

    /** @param like of another guest of the same project, which is the same more often than not; null for none */
    Need of(Guest guest, @Nullable Need like) {
        return like != null && same(guest, like.example()) ? like : of(guest);
    }

    private static boolean same(Guest one, Guest other) {
        var rules = one.rules();
        var others = other.rules();
        return one.shape().equals(other.shape())
                && rules.requires().equals(others.requires())
                && rules.sites().equals(others.sites())
                && rules.countries().equals(others.countries());
    }

    Need of(Guest guest) {
        var rules = guest.rules();
        var key = new Key(
                dedicated.contains(guest.project()) ? guest.project() : "",
                guest.shape(),
                rules.requires(),
                rules.sites(),
                rules.countries());
        var found = known.get(key);
        if (found != null) return found;
        var need = new Need(all.size(), guest);
        known.put(key, need);
        all.add(need);
        return need;
    }

    boolean dedicated(String project) {
        return dedicated.contains(project);
    }

    void forget(int order) {
        for (var need : all) need.forget(order);
    }
}
