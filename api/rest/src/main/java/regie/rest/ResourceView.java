package regie.rest;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Declared;

/** A resource as everybody sees it over HTTP. */
record ResourceView(
        String kind,
        String name,
        Optional<String> project,
        UUID uid,
        Optional<UUID> owner,
        Map<String, String> labels,
        long generation,
        long revision,
        Instant createdAt,
        Optional<Instant> deletingAt,
        Object spec,
        Object status) {

    static ResourceView of(Declared<?, ?> declared) {
        return new ResourceView(
                declared.key().kind(),
                declared.name(),
                Optional.of(declared.project()).filter(project -> !project.isEmpty()),
                declared.uid(),
                declared.owner(),
                declared.labels(),
                declared.generation(),
                declared.revision(),
                declared.createdAt(),
                declared.deletingAt(),
                declared.spec(),
                declared.status());
    }
}
