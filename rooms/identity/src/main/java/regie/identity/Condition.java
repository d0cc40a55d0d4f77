package regie.identity;

import java.util.Optional;
import regie.kernel.Changes;
import regie.kernel.ResourceRefusal;

/**
 * On what a caller changes one resource.
 *
 * @param generation it has to be at this one; 0 where it must not be there yet
 */
public record Condition(Optional<Long> generation) {
    public static final Condition NONE = new Condition(Optional.empty());
    public static final Condition ABSENT = new Condition(Optional.of(0L));

    public static Condition at(long generation) {
        return new Condition(Optional.of(generation));
    }

    /** @throws regie.kernel.Refused where {@code change} is based on another generation */
    void check(Changes.Change change) {
        if (generation.isEmpty() || generation.get() == change.generation()) return;
        throw generation.get() == 0
                ? new ResourceRefusal.AlreadyThere(change.key()).asException()
                : new ResourceRefusal.Stale(change.key(), generation.get(), change.generation()).asException();
    }
}
