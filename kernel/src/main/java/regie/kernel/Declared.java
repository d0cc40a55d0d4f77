package regie.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A declared resource as it stands in the database.
 *
 * @param owner uid of the resource that made this one and takes it along when it is deleted
 * @param labels free pairs for selecting
 * @param generation grows by one with every change of spec or labels
 * @param revision grows with every change at all, status included; unique in the whole estate
 * @param deletingAt since when it is being taken down
 */
public record Declared<S extends Spec, T extends Status>(
        Key key,
        UUID uid,
        Optional<UUID> owner,
        Map<String, String> labels,
        long generation,
        long revision,
        Instant createdAt,
        Optional<Instant> deletingAt,
        S spec,
        T status) {

    public String name() {
        return key.name();
    }

    public String project() {
        return key.project();
    }

    public boolean deleting() {
        return deletingAt.isPresent();
    }
}
