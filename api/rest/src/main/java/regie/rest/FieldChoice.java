package regie.rest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import regie.kernel.FieldPath;
import regie.kernel.Json;
import regie.kernel.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields that a caller wants of each resource. Kind, project and name are always there: an answer says what it is of. */
final class FieldChoice {
    private static final int MOST = 32;
    private static final List<String> ALWAYS = List.of("kind", "project", "name");

    private final List<List<String>> paths;

    private FieldChoice(List<List<String>> paths) {
        this.paths = paths;
    }

    /** @return empty where everything is wanted */
    static Optional<FieldChoice> of(Request request, Kind<?, ?> kind) {
        var given = request.parameter("fields");
        if (given.isEmpty()) return Optional.empty();
        var asked = List.of(given.get().split(",", -1));
        if (asked.size() > MOST)
            throw request.bad("fields", "fields names %d; expected at most %d".formatted(asked.size(), MOST));
        for (var field : asked) {
            boolean whole = List.of("spec", "status", "labels").contains(field) || ALWAYS.contains(field);
            if (!whole) FieldPath.of(kind, field, FieldPath.Also.PARTS);
        }
        var paths = Stream.concat(ALWAYS.stream(), asked.stream())
                .map(FieldChoice::steps)
                .toList();
        return Optional.of(new FieldChoice(paths));
    }

    /** A label's key may hold dots. */
    private static List<String> steps(String field) {
        return field.startsWith("labels.")
                ? List.of("labels", field.substring("labels.".length()))
                : List.of(field.split("\\."));
    }

    ObjectNode of(Object resource) {
        JsonNode whole = Json.MAPPER.valueToTree(resource);
        var chosen = Json.MAPPER.createObjectNode();
        for (var path : paths) copy(whole, chosen, path);
        return chosen;
    }

    /** Of a list only all of it can be had: one entry alone would stand at another index. */
    private static void copy(JsonNode from, ObjectNode to, List<String> path) {
        var step = path.getFirst();
        var found = from.path(step);
        if (found.isMissingNode()) return;
        if (path.size() == 1 || !found.isObject()) {
            to.set(step, found);
            return;
        }
        var inner = to.get(step) instanceof ObjectNode there ? there : to.putObject(step);
        copy(found, inner, path.subList(1, path.size()));
    }
}
