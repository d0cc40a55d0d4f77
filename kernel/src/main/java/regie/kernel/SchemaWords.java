package regie.kernel;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Says in one sentence what is wrong with a value: which field, what stands there, and what its schema expects. */
final class SchemaWords {
    private static final int VALUE_SHOWN_MAX = 40;

    private final ObjectNode schema;

    SchemaWords(ObjectNode schema) {
        this.schema = schema;
    }

    SpecReader.Problem problem(Error error) {
        var field = path(error.getInstanceLocation());
        var inner = error.getProperty() == null ? field : join(field, error.getProperty());
        return switch (error.getKeyword()) {
            case "required" ->
                new SpecReader.Problem(
                        field, "%s is missing; expected %s".formatted(inner, explained(schemaOf(inner))));
            case "additionalProperties" ->
                new SpecReader.Problem(
                        inner,
                        "%s is not known here%s".formatted(inner, Nearest.hint(error.getProperty(), names(field))));
            default -> wrong(field, error.getKeyword(), error.getInstanceNode());
        };
    }

    /** For a value that the schema lets pass and the record can't hold, such as a number of more than 64 bits or a text that is no time. */
    SpecReader.Problem unreadable(String field, JsonNode tree) {
        var value = tree;
        for (var step : steps(field))
            value = step.matches("\\d+") ? value.path(Integer.parseInt(step)) : value.path(step);
        var room = value.isIntegralNumber() ? ", of fewer digits" : "";
        var wanted = value.isString() ? explained(schemaOf(field)) : expected(schemaOf(field));
        return new SpecReader.Problem(field, "%s is %s; expected %s%s".formatted(field, shown(value), wanted, room));
    }

    private SpecReader.Problem wrong(String field, String keyword, JsonNode value) {
        var here = schemaOf(field);
        var hint = switch (keyword) {
            case "enum" -> Nearest.meant(value.asString(""), texts(here.path("enum")));
            case "pattern" -> ": " + here.path("description").asString("text of that form");
            case "type" -> quotable(here, value) ? " (put it in quotes)" : "";
            default -> "";
        };
        var name = field.isEmpty() ? "spec" : field;
        return new SpecReader.Problem(
                field, "%s is %s; expected %s%s".formatted(name, shown(value), expected(here), hint));
    }

    private static boolean quotable(JsonNode schema, JsonNode value) {
        return type(schema).equals("string") && value.isValueNode() && !value.isNull();
    }

    private static String explained(JsonNode schema) {
        var about = schema.path("description").asString("");
        return about.isEmpty() ? expected(schema) : expected(schema) + ": " + about;
    }

    private static String expected(JsonNode schema) {
        if (schema.has("enum")) return choice(texts(schema.path("enum")));
        return switch (type(schema)) {
            case "integer" -> "a whole number" + range(schema, "minimum", "maximum", "from ", "");
            case "number" -> "a number" + range(schema, "minimum", "maximum", "from ", "");
            case "boolean" -> "true or false";
            case "array" -> "a list" + range(schema, "minItems", "maxItems", "of ", " entries");
            case "object" -> "a mapping of names to values";
            default ->
                "text"
                        + range(schema, "minLength", "maxLength", "of ", " characters")
                        + pattern(schema).map(form -> " that matches " + form).orElse("");
        };
    }

    private static String range(JsonNode schema, String least, String most, String from, String unit) {
        var low = schema.path(least);
        var high = schema.path(most);
        if (low.isMissingNode() && high.isMissingNode()) return "";
        if (high.isMissingNode()) return " of at least " + low + unit;
        if (low.isMissingNode()) return " of at most " + high + unit;
        return " %s%s to %s%s".formatted(from, low, high, unit);
    }

    private static Optional<String> pattern(JsonNode schema) {
        var anchored = schema.path("pattern").asString("");
        return anchored.isEmpty() ? Optional.empty() : Optional.of(SpecSchema.unanchored(anchored));
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.path(0).asString("") : type.asString("");
    }

    private static String choice(List<String> values) {
        if (values.size() == 1) return values.getFirst();
        return String.join(", ", values.subList(0, values.size() - 1)) + " or " + values.getLast();
    }

    private static String shown(JsonNode value) {
        if (value.isNull()) return "empty";
        var text = value.toString();
        if (text.length() <= VALUE_SHOWN_MAX) return text;
        var start = text.substring(0, VALUE_SHOWN_MAX) + "…";
        return value instanceof StringNode whole
                ? "%s\" (%d characters)".formatted(start, whole.stringValue().length())
                : start;
    }

    private JsonNode schemaOf(String field) {
        JsonNode at = schema;
        for (var step : steps(field)) {
            if (step.matches("\\d+") && at.has("items")) at = at.path("items");
            else if (at.path("additionalProperties").isObject()) at = at.path("additionalProperties");
            else at = at.path("properties").path(step);
        }
        return at;
    }

    private List<String> names(String field) {
        return List.copyOf(schemaOf(field).path("properties").propertyNames());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(each -> each.asString("")).toList();
    }

    private static String[] steps(String field) {
        return field.isEmpty() ? new String[0] : field.split("\\.", -1);
    }

    private static String path(NodePath location) {
        var steps = new ArrayList<String>();
        for (int at = 0; at < location.getNameCount(); at++) steps.add(String.valueOf(location.getElement(at)));
        return String.join(".", steps);
    }

    private static String join(String field, String inner) {
        return field.isEmpty() ? inner : field + "." + inner;
    }
}
