package regie.graphql;

import java.util.Map;
import java.util.UUID;
import regie.kernel.ChangeLog;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.kernel.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource on its way out.
 *
 * @param fields as REST shows them: uid, labels, generation, spec, status…
 */
record Node(String kind, String project, String name, UUID uid, JsonNode fields) {
    static Node of(Declared<?, ?> declared) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        fields.put("generation", declared.generation());
        fields.put("revision", declared.revision());
        fields.put("createdAt", declared.createdAt().toString());
        declared.deletingAt().ifPresent(time -> fields.put("deletingAt", time.toString()));
        fields.set("labels", Json.tree((Object) declared.labels()));
        fields.set("spec", Json.tree((Object) declared.spec()));
        fields.set("status", Json.tree((Object) declared.status()));
        var key = declared.key();
        return new Node(key.kind(), key.project(), key.name(), declared.uid(), fields);
    }

    /** As it was right after the change. */
    static Node of(ChangeLog.Change change) {
        var key = change.key();
        return new Node(key.kind(), key.project(), key.name(), change.uid(), Json.tree(change.body()));
    }

    boolean is(Kind<?, ?> other) {
        return kind.equals(other.name());
    }

    /** What every kind has. */
    Object plain(String field) {
        return switch (field) {
            case "kind" -> kind;
            case "project" -> project;
            case "name" -> name;
            case "uid" -> uid.toString();
            case "labels" ->
                fields.path("labels").properties().stream()
                        .map(label -> Map.of(
                                "key", label.getKey(), "value", label.getValue().asString()))
                        .toList();
            case "holds" -> fields.path("status").path("holds");
            default -> fields.path(field);
        };
    }
}
