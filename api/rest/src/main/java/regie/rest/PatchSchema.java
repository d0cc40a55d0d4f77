package regie.rest;

import regie.kernel.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a merge patch (RFC 7396) of something with a schema may be: nothing has to be there, and null takes away what was. */
final class PatchSchema {
    private PatchSchema() {}

    /** @param whole is changed, and returned */
    static ObjectNode of(ObjectNode whole) {
        whole.remove("required");
        for (var property : whole.path("properties").properties()) {
            var schema = (ObjectNode) property.getValue();
            schema.remove("default");
            if (schema.has("properties")) of(schema);
            orNull(schema);
        }
        return whole;
    }

    private static void orNull(ObjectNode schema) {
        if (schema.path("type").isString()) {
            var type = schema.path("type").asString();
            schema.putArray("type").add(type).add("null");
        }
        if (schema.get("enum") instanceof ArrayNode values) values.add(Json.MAPPER.nullNode());
    }
}
