package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the fields of a kind mean, out of the room's OpenAPI: one line each with type, range and default, and the words below it. */
final class FieldsPage {
    private static final Map<String, String> RANGES = Words.inOrder(
            "minimum", "at least %s",
            "exclusiveMinimum", "more than %s",
            "maximum", "at most %s",
            "exclusiveMaximum", "less than %s",
            "minLength", "at least %s characters",
            "maxLength", "at most %s characters",
            "minItems", "at least %s items",
            "maxItems", "at most %s items",
            "pattern", "like %s");

    private final JsonNode document;
    private final Ink ink;

    private FieldsPage(JsonNode document, Ink ink) {
        this.document = document;
        this.ink = ink;
    }

    /**
     * @param path of a field inside the spec, with dots; also with {@code spec.} or {@code status.} in front; empty for the whole kind
     */
    static List<String> render(KindEntry kind, JsonNode openApi, String path, Ink ink) {
        var page = new FieldsPage(openApi, ink);
        var whole = page.schemaOf(kind);
        var inside = path.startsWith("status.") || path.equals("status") ? "status" : "spec";
        var rest =
                path.equals(inside) ? "" : path.startsWith(inside + ".") ? path.substring(inside.length() + 1) : path;
        var schema = page.resolve(whole.path("properties").path(inside));
        var shown = new StringBuilder(kind.word());
        for (var field : rest.isEmpty() ? new String[0] : rest.split("\\.")) {
            shown.append('.').append(field);
            schema = page.field(schema, field, shown.toString());
        }
        var lines = new ArrayList<String>();
        lines.add(ink.on(Ink.Colour.BOLD, rest.isEmpty() ? kind.name() : shown + "  " + page.type(schema)));
        var about = rest.isEmpty() ? kind.about() : Json.text(schema, "description");
        if (!about.isEmpty()) lines.add(Ink.plain(about));
        lines.add("");
        page.fields(schema, "  ", lines);
        return lines;
    }

    private JsonNode schemaOf(KindEntry kind) {
        var schema = document.path("components").path("schemas").path(kind.name());
        if (!schema.isMissingNode()) return resolve(schema);
        throw new Failure(
                ExitCode.NOT_FOUND, "not-found", "The room describes no fields of the kind %s.".formatted(kind.name()));
    }

    private JsonNode field(JsonNode schema, String name, String shown) {
        var properties = properties(schema);
        if (properties.has(name)) return resolve(properties.path(name));
        var known = properties.propertyStream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
        throw new Failure(
                ExitCode.NOT_FOUND,
                "not-found",
                "There is no field %s.%s"
                        .formatted(Ink.plain(shown), known.isEmpty() ? "" : " There stand: " + known + "."));
    }

    private void fields(JsonNode schema, String indent, List<String> lines) {
        var required = Json.items(schemaWithFields(schema).path("required")).stream()
                .map(JsonNode::stringValue)
                .toList();
        for (var property : properties(schema).properties()) {
            var inner = resolve(property.getValue());
            var notes = new ArrayList<String>();
            if (required.contains(property.getKey())) notes.add("required");
            if (inner.has("default")) notes.add("default " + Json.line(inner.path("default")));
            notes.addAll(ranges(inner));
            lines.add((indent + ink.on(Ink.Colour.BOLD, property.getKey()) + "  " + type(inner)
                            + (notes.isEmpty() ? "" : "  (" + String.join("; ", notes) + ")"))
                    .stripTrailing());
            var about = Json.text(inner, "description");
            if (!about.isEmpty()) lines.add(indent + "    " + about);
            fields(inner, indent + "    ", lines);
        }
    }

    private static List<String> ranges(JsonNode schema) {
        var found = new ArrayList<String>();
        RANGES.forEach((name, words) -> {
            if (schema.has(name)) found.add(words.formatted(Json.text(schema, name)));
        });
        if (schema.has("enum"))
            found.add("one of "
                    + Json.items(schema.path("enum")).stream().map(Json::shown).collect(Collectors.joining(", ")));
        return found;
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        if (schema.has("additionalProperties")
                && schema.path("additionalProperties").isObject())
            return "map of " + type(resolve(schema.path("additionalProperties")));
        if (schema.has("items")) return "list of " + type(resolve(schema.path("items")));
        var names = type.isArray() ? Json.items(type) : List.of(type);
        return names.stream()
                .map(Json::shown)
                .filter(name -> !name.equals("null"))
                .map(name -> name.equals("string") ? "text" : name)
                .collect(Collectors.joining(" or "));
    }

    private JsonNode properties(JsonNode schema) {
        return schemaWithFields(schema).path("properties");
    }

    /** Fields stand in the schema itself, or in that of its items or values. */
    private JsonNode schemaWithFields(JsonNode schema) {
        if (schema.has("properties")) return schema;
        if (schema.has("items")) return schemaWithFields(resolve(schema.path("items")));
        if (schema.path("additionalProperties").isObject())
            return schemaWithFields(resolve(schema.path("additionalProperties")));
        return schema;
    }

    private JsonNode resolve(JsonNode schema) {
        var reference = Json.text(schema, "$ref");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : schema;
    }
}
