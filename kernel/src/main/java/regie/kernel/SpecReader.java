package regie.kernel;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
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

    private static final int REMEMBERED_MAX = 500;
    private static final int REMEMBERED_LENGTH_MAX = 1_000;

    /** One for all: schemas are made once, at the first use of their record. */
    static final SpecReader SHARED = new SpecReader();

    private final Map<Class<?>, Compiled> byType = new ConcurrentHashMap<>();
    private final Map<Stored, Object> remembered = new ConcurrentHashMap<>();

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
        var words = new SchemaWords(compiled.tree());
        var problems =
                compiled.schema().validate(tree).stream().map(words::problem).toList();
        if (!problems.isEmpty()) return new Result<>(Optional.empty(), problems);
        try {
            return new Result<>(Optional.of(Json.MAPPER.treeToValue(tree, type)), List.of());
        } catch (JacksonException e) {
            return new Result<>(Optional.empty(), List.of(problem(e, tree, words)));
        }
    }

    /**
     * A spec from the store. One that an older version wrote lacks fields that came since: they take their defaults. Of what is
     * read over and over, for many resources want the same, the newest few are remembered.
     */
    <S> S stored(Class<S> type, String json) {
        if (json.length() > REMEMBERED_LENGTH_MAX) return fromStore(type, json);
        var known = remembered.get(new Stored(type, json));
        if (known != null) return type.cast(known);
        var spec = fromStore(type, json);
        if (remembered.size() >= REMEMBERED_MAX) remembered.clear();
        remembered.put(new Stored(type, json), spec);
        return spec;
    }

    private record Stored(Class<?> type, String json) {}

    private <S> S fromStore(Class<S> type, String json) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JacksonException _) {
            var tree = Json.tree(json);
            SpecSchema.fill(
                    tree, byType.computeIfAbsent(type, SpecReader::compile).tree());
            return Json.read(Json.write(tree), type);
        }
    }

    private static Compiled compile(Class<?> type) {
        var tree = SpecSchema.of(type);
        return new Compiled(tree, REGISTRY.getSchema(tree));
    }

    private static Problem problem(JacksonException e, JsonNode tree, SchemaWords words) {
        var field = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .collect(Collectors.joining("."));
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadField bad) {
                var inside = bad.inside(field);
                return new Problem(inside.field(), inside.getMessage());
            }
        }
        return words.unreadable(field, tree);
    }
}
