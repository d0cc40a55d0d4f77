package regie.rest;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.ChangeLog;
import regie.kernel.Declared;
import regie.kernel.Json;
import tools.jackson.databind.node.ObjectNode;

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

    /** The same, out of the log: as the resource was right after the change. */
    static ObjectNode of(ChangeLog.Change change) {
        var view = Json.MAPPER.createObjectNode();
        view.put("kind", change.key().kind());
        view.put("name", change.key().name());
        if (!change.key().project().isEmpty()) view.put("project", change.key().project());
        for (var field : Json.tree(change.body()).properties()) {
            if (!field.getValue().isNull()) view.set(field.getKey(), field.getValue());
        }
        for (var time : new String[] {"createdAt", "deletingAt"}) {
            if (view.has(time)) view.put(time, utc(view.path(time).stringValue()));
        }
        return view;
    }

    /** PostgreSQL writes times with an offset; everywhere else they stand in UTC. */
    private static String utc(String time) {
        return OffsetDateTime.parse(time).toInstant().toString();
    }
}
