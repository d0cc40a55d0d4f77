package regie.server;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a client that was made from one OpenAPI description would miss, or be refused, under another. */
final class ApiBreaks {
    private final JsonNode released;
    private final JsonNode now;
    private final LocalDate today;
    private final List<String> found = new ArrayList<>();

    private ApiBreaks(JsonNode released, JsonNode now, LocalDate today) {
        this.released = released;
        this.now = now;
        this.today = today;
    }

    /**
     * @param today what was deprecated may be gone from its sunset on
     * @return a line for each, that begins with the operation
     */
    static List<String> between(JsonNode released, JsonNode now, LocalDate today) {
        var breaks = new ApiBreaks(released, now, today);
        for (var path : released.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var place = operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                var still = now.path("paths").path(path.getKey()).path(operation.getKey());
                if (still.isMissingNode())
                    gone(operation.getValue(), today, place).ifPresent(breaks.found::add);
                else breaks.operation(operation.getValue(), still, place);
            }
        }
        return breaks.found;
    }

    /** What was not deprecated in a release, or has not reached its sunset, has to be there still. */
    static Optional<String> gone(JsonNode before, LocalDate today, String place) {
        if (!before.path("deprecated").asBoolean(false)) return Optional.of(place + ": is gone");
        var sunset = before.path("x-sunset").asString("9999-12-31");
        if (LocalDate.parse(sunset).isAfter(today))
            return Optional.of("%s: is gone before %s".formatted(place, sunset));
        return Optional.empty();
    }

    private void operation(JsonNode before, JsonNode after, String place) {
        if (before.has("security") && before.path("security").isEmpty() && !after.has("security")) {
            found.add(place + ": wants a token now");
        }
        parameters(before, after, place);
        content(before.path("requestBody"), after.path("requestBody"), SchemaBreaks.Way.REQUEST, place);
        if (after.path("requestBody").path("required").asBoolean(false)
                && !before.path("requestBody").path("required").asBoolean(false)) {
            found.add(place + ": wants a body now");
        }
        for (var answer : before.path("responses").properties()) {
            var still = after.path("responses").path(answer.getKey());
            var where = place + " " + answer.getKey();
            if (still.isMissingNode()) found.add(where + ": is gone");
            else content(answer.getValue(), still, SchemaBreaks.Way.ANSWER, where);
        }
    }

    private void parameters(JsonNode before, JsonNode after, String place) {
        for (var parameter : before.path("parameters")) {
            var where = place + " ?" + parameter.path("name").asString();
            var still = named(after, parameter);
            if (still.isEmpty()) gone(parameter, today, where).ifPresent(found::add);
            else schema(parameter, still.get(), SchemaBreaks.Way.REQUEST, where);
        }
        for (var parameter : after.path("parameters")) {
            boolean required = parameter.path("required").asBoolean(false);
            if (required
                    && named(before, parameter)
                            .filter(was -> was.path("required").asBoolean(false))
                            .isEmpty()) {
                found.add("%s ?%s: is required now"
                        .formatted(place, parameter.path("name").asString()));
            }
        }
    }

    private static Optional<JsonNode> named(JsonNode operation, JsonNode parameter) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(other -> other.path("name").equals(parameter.path("name"))
                        && other.path("in").equals(parameter.path("in")))
                .findFirst();
    }

    private void content(JsonNode before, JsonNode after, SchemaBreaks.Way way, String place) {
        for (var media : before.path("content").properties()) {
            var still = after.path("content").path(media.getKey());
            if (still.isMissingNode()) found.add("%s: no %s any more".formatted(place, media.getKey()));
            else schema(media.getValue(), still, way, place + " " + way.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private void schema(JsonNode before, JsonNode after, SchemaBreaks.Way way, String place) {
        found.addAll(
                SchemaBreaks.between(released, before.path("schema"), now, after.path("schema"), way, place, today));
    }
}
