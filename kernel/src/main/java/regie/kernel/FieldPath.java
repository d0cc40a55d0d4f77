package regie.kernel;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A field of a kind's resources by its path, such as {@code spec.template.flavor}, {@code status.stage}, {@code labels.tier} or
 * {@code createdAt}. It was checked against the kind's schema, so that a mistyped name is refused and not just never found.
 *
 * @param text as it was asked for
 * @param column of {@code kernel.resource}
 * @param steps into the column's JSON; empty where the column itself is meant
 */
public record FieldPath(String text, String column, List<String> steps, Type type) {
    private static final Map<String, FieldPath> COLUMNS = Stream.of(
                    column("name", "name", Type.TEXT),
                    column("project", "project", Type.TEXT),
                    column("uid", "uid::text", Type.TEXT),
                    column("owner", "owner::text", Type.TEXT),
                    column("generation", "generation", Type.NUMBER),
                    column("revision", "revision", Type.NUMBER),
                    column("createdAt", "created_at", Type.TIME),
                    column("deletingAt", "deleting_at", Type.TIME))
            .collect(java.util.stream.Collectors.toUnmodifiableMap(FieldPath::text, field -> field));
    private static final List<String> ROOTS = Stream.concat(
                    Stream.of("spec", "status", "labels"), COLUMNS.keySet().stream())
            .sorted()
            .toList();

    /** Made once for each record: a schema takes a while to come by. */
    private static final ClassValue<JsonNode> SCHEMAS = new ClassValue<>() {
        @Override
        protected JsonNode computeValue(Class<?> type) {
            return SpecSchema.of(type);
        }
    };

    /** How values of the field compare. */
    public enum Type {
        TEXT,
        NUMBER,
        TIME,
        /** A list of texts: it can be asked whether it holds one. */
        LIST
    }

    /** What a path may end at, beside a plain value. */
    public enum Also {
        NOTHING,
        /** A field that has fields of its own, or a list. */
        PARTS
    }

    /** @throws Refused with {@link ResourceRefusal.NoSuchField} where the kind has no such field, or it has fields of its own */
    public static FieldPath of(Kind<?, ?> kind, String text) {
        return of(kind, text, Also.NOTHING);
    }

    /** @throws Refused with {@link ResourceRefusal.NoSuchField} */
    public static FieldPath of(Kind<?, ?> kind, String text, Also also) {
        var steps = List.of(text.split("\\.", -1));
        var root = steps.getFirst();
        var rest = steps.subList(1, steps.size());
        if (COLUMNS.containsKey(root) && rest.isEmpty()) return Check.present(COLUMNS.get(root));
        return switch (root) {
            case "labels" -> label(kind, text, rest);
            case "spec" -> inside(kind, text, root, rest, SCHEMAS.get(kind.spec()), also);
            case "status" -> inside(kind, text, root, rest, SCHEMAS.get(kind.status()), also);
            default -> throw unknown(kind, text, Nearest.hint(root, ROOTS));
        };
    }

    /** A label's key may hold dots. */
    private static FieldPath label(Kind<?, ?> kind, String text, List<String> rest) {
        if (rest.isEmpty()) throw unknown(kind, text, "; expected labels.KEY");
        return new FieldPath(text, "labels", List.of(String.join(".", rest)), Type.TEXT);
    }

    private static FieldPath inside(
            Kind<?, ?> kind, String text, String column, List<String> steps, JsonNode schema, Also also) {
        var at = schema;
        for (var step : steps) {
            if (at.has("items")) {
                if (!step.matches("\\d{1,3}"))
                    throw unknown(kind, text, "; expected the index of a list, from 0, before " + step);
                at = at.path("items");
                continue;
            }
            var known = at.path("properties");
            if (!known.has(step)) throw unknown(kind, text, Nearest.hint(step, names(known)));
            at = known.path(step);
        }
        if (also == Also.PARTS && (at.has("properties") || at.has("items")))
            return new FieldPath(text, column, steps, Type.TEXT);
        if (at.has("properties"))
            throw unknown(kind, text, "; it has fields of its own: " + names(at.path("properties")));
        return new FieldPath(text, column, steps, type(kind, text, at));
    }

    private static Type type(Kind<?, ?> kind, String text, JsonNode schema) {
        if (schema.has("items")) {
            if (!schema.path("items").path("type").asString("").equals("string"))
                throw unknown(kind, text, "; it is a list, of which one entry can be meant: %s.0".formatted(text));
            return Type.LIST;
        }
        return switch (schema.path("type").asString("")) {
            case "integer", "number" -> Type.NUMBER;
            default -> schema.path("format").asString("").equals("date-time") ? Type.TIME : Type.TEXT;
        };
    }

    /** What {@code resource} has there, as text; empty where it has nothing. */
    Optional<String> read(Declared<?, ?> resource) {
        return switch (text) {
            case "name" -> Optional.of(resource.name());
            case "project" -> Optional.of(resource.project());
            case "uid" -> Optional.of(resource.uid().toString());
            case "owner" -> resource.owner().map(UUID::toString);
            case "generation" -> Optional.of(Long.toString(resource.generation()));
            case "revision" -> Optional.of(Long.toString(resource.revision()));
            case "createdAt" -> Optional.of(resource.createdAt().toString());
            case "deletingAt" -> resource.deletingAt().map(Instant::toString);
            default -> inside(resource);
        };
    }

    private Optional<String> inside(Declared<?, ?> resource) {
        var whole = switch (column) {
            case "labels" -> resource.labels();
            case "spec" -> resource.spec();
            default -> resource.status();
        };
        JsonNode at = Json.MAPPER.valueToTree(whole);
        for (var step : steps) at = at.isArray() ? at.path(Integer.parseInt(step)) : at.path(step);
        return at.isMissingNode() || at.isNull() ? Optional.empty() : Optional.of(at.asString());
    }

    /** The SQL expression of the field; {@code parameter} is the name under which {@link #steps} is bound. */
    String sql(String parameter) {
        if (steps.isEmpty()) return column;
        var found = "(%s #>> :%s)".formatted(column, parameter);
        return switch (type) {
            case TEXT -> found;
            case NUMBER -> found + "::numeric";
            case TIME -> found + "::timestamptz";
            case LIST -> "(%s #> :%s)".formatted(column, parameter);
        };
    }

    /** {@code value} as SQL, bound as text under {@code parameter}. */
    String sqlValue(String parameter) {
        return switch (type) {
            case TEXT -> ":" + parameter + "::text";
            case NUMBER -> ":" + parameter + "::numeric";
            case TIME -> ":" + parameter + "::timestamptz";
            case LIST -> "to_jsonb(:" + parameter + "::text)";
        };
    }

    /** @throws Refused where values of the field can't be compared with {@code value} */
    public void check(String value) {
        switch (type) {
            case NUMBER -> {
                if (!value.matches("-?\\d{1,18}(\\.\\d{1,9})?")) throw badValue(value, "a number");
            }
            case TIME -> {
                try {
                    var _ = Instant.parse(value);
                } catch (DateTimeParseException _) {
                    throw badValue(value, "a time in UTC such as 2026-01-31T12:00:00Z");
                }
            }
            case TEXT, LIST -> {}
        }
    }

    Refused badValue(String value, String expected) {
        return new ResourceRefusal.BadValue(text, value, expected).asException();
    }

    private static Refused unknown(Kind<?, ?> kind, String text, String hint) {
        return new ResourceRefusal.NoSuchField(kind.name(), text, hint).asException();
    }

    private static List<String> names(JsonNode properties) {
        return new ArrayList<>(properties.propertyNames());
    }

    private static FieldPath column(String text, String column, Type type) {
        return new FieldPath(text, column, List.of(), type);
    }
}
