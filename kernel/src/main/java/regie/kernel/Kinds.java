package regie.kernel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds of this room, put together once at start. */
public final class Kinds {
    private final Map<String, Kind<?, ?>> byName = new LinkedHashMap<>();
    private final Map<String, Kind<?, ?>> byPlural = new LinkedHashMap<>();

    public Kinds(Collection<? extends Kind<?, ?>> kinds) {
        for (var kind : kinds) {
            Check.that(byName.put(kind.name(), kind) == null, "one kind named " + kind.name());
            Check.that(byPlural.put(kind.plural(), kind) == null, "one plural " + kind.plural());
        }
    }

    /** In the order they were given: what is needed comes before who needs it. */
    public List<Kind<?, ?>> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Kind<?, ?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<Kind<?, ?>> plural(String plural) {
        return Optional.ofNullable(byPlural.get(plural));
    }

    /** The kind that the database or our own code names; it must be there. */
    public Kind<?, ?> get(String name) {
        return named(name).orElseThrow(() -> Check.failed("a kind named " + name));
    }
}
