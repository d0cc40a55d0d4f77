package regie.rest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import regie.kernel.Action;
import regie.kernel.Actions;
import regie.kernel.Json;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes all that can be asked for (OpenAPI 3.1), out of the routes, the kinds and their records. */
final class OpenApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final Kinds kinds;
    private final Actions actions;
    private final ObjectNode paths = Json.MAPPER.createObjectNode();
    private final OpenApiSchemas schemas = new OpenApiSchemas();

    private OpenApi(Kinds kinds, Actions actions) {
        this.kinds = kinds;
        this.actions = actions;
    }

    static String of(Kinds kinds, Actions actions, List<Route> routes, String version) {
        var description = new OpenApi(kinds, actions);
        for (var route : routes) description.route(route);
        return description.written(version);
    }

    private String written(String version) {
        var root = Json.MAPPER.createObjectNode();
        root.put("openapi", "3.1.1");
        root.putObject("info")
                .put("title", "Regie REST")
                .put("version", version)
                .put("description", "Everything needs `Authorization: Bearer <token>`. Problems follow RFC 9457.");
        root.putArray("security").addObject().putArray("token");
        root.set("paths", paths);
        var components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        components.set("schemas", schemas.all());
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private void route(Route route) {
        if (route.span() == Route.Span.NONE) {
            operation(route, route.path(), Optional.empty(), Optional.empty());
            return;
        }
        var scope = route.span() == Route.Span.ESTATE ? Kind.Scope.ESTATE : Kind.Scope.PROJECT;
        for (var kind : kinds.all()) {
            if (kind.scope() != scope) continue;
            var path = route.path().replace("{plural}", kind.plural());
            if (!path.contains("{action}")) {
                operation(route, path, Optional.of(kind), Optional.empty());
                continue;
            }
            for (var action : actions.of(kind)) {
                operation(route, path.replace("{action}", action.name()), Optional.of(kind), Optional.of(action));
            }
        }
    }

    private void operation(Route route, String path, Optional<Kind<?, ?>> kind, Optional<Action<?, ?, ?>> action) {
        var operation = paths.withObjectProperty(path).putObject(route.method().toLowerCase(Locale.ROOT));
        operation.put("operationId", id(route, path));
        operation.put("summary", action.map(Action::about).orElse(route.about()));
        route.deprecation().ifPresent(going -> going.describe(operation));
        kind.ifPresent(present -> operation.putArray("tags").add(present.name()));
        if (route.access() == Route.Access.ANYBODY) operation.putArray("security");
        parameters(route, path, operation);
        route.body().ifPresent(shape -> body(operation, shape, kind, action));
        responses(route, operation, kind);
    }

    /** Words of method and path in one: {@code getProjectsInstancesNameExplain}. */
    private static String id(Route route, String path) {
        var id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (var word : path.replaceFirst("^/v1", "").split("[^A-Za-z]+", -1)) {
            if (!word.isEmpty())
                id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return id.toString();
    }

    private static void parameters(Route route, String path, ObjectNode operation) {
        var parameters = Json.MAPPER.createArrayNode();
        VARIABLE.matcher(path)
                .results()
                .forEach(variable -> parameters
                        .addObject()
                        .put("name", variable.group(1))
                        .put("in", "path")
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string"));
        for (var parameter : route.allParameters()) {
            var said = parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("in", "query")
                    .put("description", parameter.about());
            parameter.deprecation().ifPresent(going -> going.describe(said));
            said.putObject("schema").put("type", "string");
        }
        if (route.writes()) {
            header(parameters, Writing.KEY, "done once, however often it comes under this key within 24 hours")
                    .put("maxLength", 257);
        }
        if (route.writes() && route.answer() == Shape.RESOURCE) {
            header(parameters, "If-Match", "changes the generation that this ETag stands for, or nothing (412)");
            if (route.method().equals("PUT")) header(parameters, "If-None-Match", "* creates, or refuses (412)");
        }
        if (!parameters.isEmpty()) operation.set("parameters", parameters);
    }

    private static ObjectNode header(ArrayNode parameters, String name, String about) {
        return parameters
                .addObject()
                .put("name", name)
                .put("in", "header")
                .put("description", about)
                .putObject("schema")
                .put("type", "string");
    }

    private void body(ObjectNode operation, Shape shape, Optional<Kind<?, ?>> kind, Optional<Action<?, ?, ?>> action) {
        var schema = action.map(each -> schemas.input(each)).orElseGet(() -> schemas.of(shape, kind));
        var body = operation.putObject("requestBody").put("required", shape != Shape.ACTION_INPUT);
        var content = body.putObject("content");
        content.putObject(mediaType(shape)).set("schema", schema);
        if (shape == Shape.RESOURCE_PATCH)
            content.putObject(MediaType.MERGE_PATCH).set("schema", schema);
    }

    private void responses(Route route, ObjectNode operation, Optional<Kind<?, ?>> kind) {
        var responses = operation.putObject("responses");
        if (route.answer() == Shape.NOTHING) {
            responses.putObject("204").put("description", "Done.");
        } else {
            var response = responses.putObject("2XX").put("description", "Done.");
            if (route.answer() == Shape.RESOURCE) {
                response.putObject("headers")
                        .putObject("ETag")
                        .put("description", "stands for the generation")
                        .putObject("schema")
                        .put("type", "string");
            }
            response.putObject("content")
                    .putObject(mediaType(route.answer()))
                    .set("schema", schemas.of(route.answer(), kind));
        }
        if (route.access() == Route.Access.ANYBODY) return;
        var problem = responses.putObject("default").put("description", "A problem (RFC 9457); nothing was changed.");
        problem.putObject("content").putObject(Problem.MEDIA_TYPE).set("schema", schemas.reference("Problem"));
    }

    private static String mediaType(Shape shape) {
        return switch (shape) {
            case TEXT -> MediaType.TEXT;
            case BYTES -> MediaType.BYTES;
            case EVENTS -> MediaType.EVENTS;
            default -> MediaType.JSON;
        };
    }
}
