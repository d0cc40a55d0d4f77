package regie.graphql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import regie.kernel.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request as "GraphQL over HTTP" has it.
 *
 * @param hash the SHA-256 of a persisted query, 64 hex digits
 */
record GraphQlRequest(
        Optional<String> query,
        Map<String, @Nullable Object> variables,
        Optional<String> operationName,
        Optional<String> hash) {

    static GraphQlRequest read(String body) {
        var json = tree(body);
        var query = text(json, "query");
        query.filter(text -> text.length() > Bounds.TEXT_MAX).ifPresent(text -> {
            throw bad("query has %d characters; expected at most %d".formatted(text.length(), Bounds.TEXT_MAX));
        });
        var hash = Optional.ofNullable(
                        json.path("extensions").path("persistedQuery").get("sha256Hash"))
                .map(JsonNode::asString);
        if (hash.filter(text -> !text.matches("[0-9a-f]{64}")).isPresent()) throw bad("sha256Hash is no SHA-256");
        if (query.isEmpty() && hash.isEmpty()) throw bad("query is missing");
        var variables = json.path("variables");
        if (!variables.isMissingNode() && !variables.isNull() && !variables.isObject())
            throw bad("variables is no object");
        var given = new LinkedHashMap<String, @Nullable Object>();
        variables.properties().forEach(each -> given.put(each.getKey(), Values.whole(each.getValue())));
        return new GraphQlRequest(query, given, text(json, "operationName"), hash);
    }

    private static JsonNode tree(String body) {
        try {
            var json = Json.MAPPER.readTree(body);
            if (json.isObject()) return json;
        } catch (JacksonException e) {
            throw bad("it is no JSON");
        }
        throw bad("it is no JSON object");
    }

    private static Optional<String> text(JsonNode json, String field) {
        var found = json.path(field);
        if (found.isMissingNode() || found.isNull()) return Optional.empty();
        if (!found.isString()) throw bad(field + " is no text");
        return Optional.of(found.asString());
    }

    private static RuntimeException bad(String why) {
        return new GraphQlRefusal.BadQuery(why).asException();
    }
}
