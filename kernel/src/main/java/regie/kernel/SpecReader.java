package regie.kernel;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a tree into a record, such as a kind's spec: schema first, so that every problem is found at once, then the record's own constructor. */
final class SpecReader {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final int VALUE_SHOWN_MAX = 40;

    /** One for all: schemas are made once, at the first use of their record. */
    static final SpecReader SHARED = new SpecReader();

    private final Map<Class<?>, Compiled> byType = new ConcurrentHashMap<>();

    private SpecReader() {}

    private record Compiled(ObjectNode tree, Schema schema) {}

    /** @param field path inside the spec; empty for the spec itself */
    record Problem(String field, String message) {}

    /** Either a spec or what is wrong with it. */
    record Result<S>(Optional<S> spec, List<Problem> problems) {}

    <S> Result<S> read(Class<S> type, JsonNode given) {
        var compiled = byType.computeIfAbsent(type, SpecReader::compile);
        var tree = given.deepCopy();
        SpecSchema.fill(tree, compiled.tree());
        var problems = new ArrayList<Problem>();
        for (var error : compiled.schema().validate(tree)) problems.add(problem(error, compiled.tree()));
        if (!problems.isEmpty()) return new Result<>(Optional.empty(), problems);
        try {
            return new Result<>(Optional.of(Json.MAPPER.treeToValue(tree, type)), List.of());
        } catch (JacksonException e) {
            return new Result<>(Optional.empty(), List.of(problem(e)));
        }
    }

    private static Compiled compile(Class<?> type) {
        var tree = SpecSchema.of(type);
        return new Compiled(tree, REGISTRY.getSchema(tree));
    }

    private static Problem problem(Error error, ObjectNode schema) {
        var field = path(error.getInstanceLocation());
        var inner = error.getProperty();
        return switch (error.getKeyword()) {
            case "required" -> new Problem(field, "%s is missing".formatted(join(field, inner)));
            case "additionalProperties" ->
                new Problem(
                        join(field, inner),
                        "%s is not known here%s"
                                .formatted(join(field, inner), Nearest.hint(inner, names(schema, field))));
            default ->
                new Problem(
                        field,
                        "%s is %s; it %s"
                                .formatted(field.isEmpty() ? "spec" : field, shown(error), error.getMessage()));
        };
    }

    private static Problem problem(JacksonException e) {
        var field = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .collect(Collectors.joining("."));
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadField bad)
                return new Problem(join(field, bad.field()), String.valueOf(bad.getMessage()));
        }
        return new Problem(field, "%s: %s".formatted(field, e.getOriginalMessage()));
    }

    private static String shown(Error error) {
        var node = error.getInstanceNode();
        var text = node == null ? "missing" : node.toString();
        return text.length() <= VALUE_SHOWN_MAX ? text : text.substring(0, VALUE_SHOWN_MAX) + "…";
    }

    private static List<String> names(ObjectNode schema, String field) {
        JsonNode at = schema;
        for (var step : field.isEmpty() ? new String[0] : field.split("\\.")) {
            at = step.matches("\\d+") ? at.path("items") : at.path("properties").path(step);
        }
        return List.copyOf(at.path("properties").propertyNames());
    }

    private static String path(com.networknt.schema.path.NodePath location) {
        var steps = new ArrayList<String>();
        for (int at = 0; at < location.getNameCount(); at++) steps.add(String.valueOf(location.getElement(at)));
        return String.join(".", steps);
    }

    private static String join(String field, String inner) {
        return field.isEmpty() ? inner : field + "." + inner;
    }
}
