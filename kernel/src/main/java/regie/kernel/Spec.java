package regie.kernel;

import java.time.Instant;
import java.util.List;

/**
 * What is wanted of a declared resource: a record. Ranges and patterns stand as {@code jakarta.validation} annotations on its
 * components, so that schema, docs and the check at the door are one; what spans several components is checked in its constructor
 * with {@link BadField}.
 */
public interface Spec {
    /** The other resources this one needs. They must exist, and can't be deleted before it. */
    default List<Reference> references() {
        return List.of();
    }

    /**
     * Checks what hangs on the time at which it is declared or changed; unlike a constructor, it isn't asked when the spec is read
     * back, or declared once more as it is.
     *
     * @throws BadField where it can't be declared now
     */
    default void admit(Instant now) {}

    /**
     * @param field where it stands in the spec, such as {@code placement.site}
     * @param kind name of the kind, such as {@code Site}; a project's kind is looked up in the project of the referrer
     */
    record Reference(String field, String kind, String name) {}
}
