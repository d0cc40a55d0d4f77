package regie.lab.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One thing that the OpenAPI description says can be asked for.
 *
 * @param path with its variables in braces
 * @param body schema of the body, references included as such
 * @param mediaType of the body; empty where it has none
 * @param open whether it wants no token
 */
record Operation(
        String method,
        String path,
        List<Parameter> parameters,
        Optional<JsonNode> body,
        boolean bodyRequired,
        String mediaType,
        boolean open) {

    /** @param in {@code path}, {@code query} or {@code header} */
    record Parameter(String name, String in) {}

    /** Whether it answers as if, and changes nothing, where it is told so. */
    boolean rehearses() {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals("dryRun"));
    }

    boolean reads() {
        return method.equals("GET");
    }

    /** Whether its answer goes on until somebody closes the connection. */
    boolean streams() {
        return path.equals("/v1/watch");
    }

    List<Parameter> in(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.in().equals(place))
                .toList();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    /** All of a description, in its order. */
    static List<Operation> of(JsonNode description) {
        var all = new ArrayList<Operation>();
        for (var path : description.path("paths").properties()) {
            for (var operation : path.getValue().properties())
                all.add(of(path.getKey(), operation.getKey(), operation.getValue()));
        }
        return List.copyOf(all);
    }

    private static Operation of(String path, String method, JsonNode said) {
        var parameters = said.path("parameters")
                .valueStream()
                .map(each -> new Parameter(
                        each.path("name").asString(), each.path("in").asString()))
                .toList();
        var content = said.path("requestBody").path("content");
        var first = content.properties().stream().findFirst();
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                parameters,
                first.map(entry -> entry.getValue().path("schema")),
                said.path("requestBody").path("required").asBoolean(false),
                first.map(java.util.Map.Entry::getKey).orElse(""),
                said.has("security"));
    }
}
