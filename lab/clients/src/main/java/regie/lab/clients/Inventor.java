package regie.lab.clients;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes up bodies that a schema of the description allows, as far as a schema can say. */
final class Inventor {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEPTH_MAX = 12;
    /** Every name in a body is that of something that is there, so that references lead somewhere. */
    static final String NAME = "target";

    private static final Pattern REFERENCE = Pattern.compile("#/components/schemas/(\\w+)");

    private final JsonNode schemas;
    private final RandomGenerator chance;

    Inventor(JsonNode description, RandomGenerator chance) {
        this.schemas = description.path("components").path("schemas");
        this.chance = chance;
    }

    JsonNode like(JsonNode schema) {
        return like(schema, 0);
    }

    private JsonNode like(JsonNode schema, int depth) {
        var reference = REFERENCE.matcher(schema.path("$ref").asString(""));
        if (reference.matches()) return like(schemas.path(reference.group(1)), depth);
        if (schema.has("const")) return schema.path("const");
        if (schema.has("enum")) return any(schema.path("enum"));
        if (schema.has("anyOf")) return like(any(schema.path("anyOf")), depth);
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> NODES.numberNode(number(schema));
            case "boolean" -> NODES.booleanNode(chance.nextBoolean());
            case "null" -> NODES.nullNode();
            default -> NODES.stringNode(text(schema));
        };
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? any(type).asString() : type.asString("string");
    }

    private JsonNode any(JsonNode list) {
        return list.isEmpty() ? NODES.nullNode() : list.path(chance.nextInt(list.size()));
    }

    private ObjectNode object(JsonNode schema, int depth) {
        var made = NODES.objectNode();
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        for (var property : schema.path("properties").properties()) {
            boolean wanted = required.contains(property.getKey()) || (depth < DEPTH_MAX && chance.nextInt(3) == 0);
            if (wanted) made.set(property.getKey(), like(property.getValue(), depth + 1));
        }
        var more = schema.path("additionalProperties");
        if (more.isObject() && depth < DEPTH_MAX && chance.nextBoolean()) made.set("key", like(more, depth + 1));
        return made;
    }

    private JsonNode array(JsonNode schema, int depth) {
        var made = NODES.arrayNode();
        int least = schema.path("minItems").asInt(0);
        int count = depth < DEPTH_MAX ? Math.max(least, chance.nextInt(3)) : least;
        for (int at = 0; at < count; at++) made.add(like(schema.path("items"), depth + 1));
        return made;
    }

    private long number(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = Math.min(schema.path("maximum").asLong(least + 64), least + 64);
        return most <= least ? least : chance.nextLong(least, most + 1);
    }

    private String text(JsonNode schema) {
        var text = chance.nextInt(4) == 0 ? "10.77.9.0/24" : NAME;
        int most = schema.path("maxLength").asInt(text.length());
        int least = schema.path("minLength").asInt(0);
        if (text.length() < least) return text + "x".repeat(least - text.length());
        return text.substring(0, Math.min(text.length(), most));
    }
}
