package regie.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All actions of this room, put together once at start. */
public final class Actions {
    private final List<Action<?, ?, ?>> all;

    public Actions(Collection<? extends Action<?, ?, ?>> all) {
        this.all = List.copyOf(all);
        for (var action : this.all) {
            Check.that(
                    of(action.kind()).stream()
                                    .filter(other -> other.name().equals(action.name()))
                                    .count()
                            == 1,
                    "one action %s of %s".formatted(action.name(), action.kind().name()));
        }
    }

    /** Those of one kind, in the order they were given. */
    public List<Action<?, ?, ?>> of(Kind<?, ?> kind) {
        return all.stream()
                .filter(action -> action.kind().name().equals(kind.name()))
                .toList();
    }

    public Optional<Action<?, ?, ?>> find(Kind<?, ?> kind, String name) {
        return of(kind).stream().filter(action -> action.name().equals(name)).findFirst();
    }
}
