package regie.server;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON schema takes or promises less than the one before did. A new value of an enum in an answer is none: clients have to
 * live with values that they don't know.
 */
final class SchemaBreaks {
    /** Who reads what the schema describes. */
    enum Way {
        /** The room: what was taken has to be taken still. */
        REQUEST,
        /** The client: what was promised has to be promised still. */
        ANSWER
    }

    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems", "minProperties");

    private final JsonNode released;
    private final JsonNode now;
    private final Way way;
    private final LocalDate today;
    private final List<String> found = new ArrayList<>();
    private final Set<List<JsonNode>> seen = new HashSet<>();

    private SchemaBreaks(JsonNode released, JsonNode now, Way way, LocalDate today) {
        this.today = today;
        this.released = released;
        this.now = now;
        this.way = way;
    }

    /**
     * @param released the whole description before, that references are looked up in
     * @param now the whole description as it is
     * @return a line for each, that begins with its place
     */
    static List<String> between(
            JsonNode released, JsonNode before, JsonNode now, JsonNode after, Way way, String place, LocalDate today) {
        var breaks = new SchemaBreaks(released, now, way, today);
        breaks.compare(before, after, place);
        return breaks.found;
    }

    private void compare(JsonNode was, JsonNode is, String place) {
        var before = resolved(released, was);
        var after = resolved(now, is);
        boolean same = before.equals(after) && !refers(before);
        if (same || !seen.add(List.of(before, after))) return;
        types(before, after, place);
        values(before, after, place);
        if (way == Way.REQUEST) bounds(before, after, place);
        properties(before, after, place);
        for (var inner : List.of("items", "additionalProperties")) {
            if (before.path(inner).isObject() && after.path(inner).isObject()) {
                compare(before.path(inner), after.path(inner), place + (inner.equals("items") ? "[]" : ".*"));
            }
        }
        variants(before, after, place);
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        var reference = schema.path("$ref");
        return reference.isString() ? document.at(reference.asString().substring(1)) : schema;
    }

    private static boolean refers(JsonNode schema) {
        return !schema.findValues("$ref").isEmpty();
    }

    /** Of what is read, the reader has to know all that the writer may write. */
    private <T> Set<T> unknown(Set<T> before, Set<T> after) {
        var missing = new LinkedHashSet<>(way == Way.REQUEST ? before : after);
        missing.removeAll(way == Way.REQUEST ? after : before);
        return missing;
    }

    private void types(JsonNode before, JsonNode after, String place) {
        var was = texts(before.path("type"));
        var is = texts(after.path("type"));
        if (is.contains("number")) was.remove("integer"); // each integer is a number
        boolean anything = way == Way.REQUEST ? is.isEmpty() : was.isEmpty();
        if (anything) return;
        for (var type : unknown(was, is)) {
            found.add("%s: %s %s".formatted(place, type, way == Way.REQUEST ? "is not taken any more" : "is new"));
        }
    }

    private void values(JsonNode before, JsonNode after, String place) {
        var was = allowed(before);
        var is = allowed(after);
        if (way == Way.ANSWER) {
            if (before.has("const") && !before.path("const").equals(after.path("const"))) {
                found.add("%s: it was always %s".formatted(place, before.path("const")));
            }
        } else if (!is.isEmpty()) {
            if (was.isEmpty()) found.add("%s: anything was taken, now only %s".formatted(place, is));
            else for (var value : unknown(was, is)) found.add("%s: %s is not taken any more".formatted(place, value));
        }
    }

    private static Set<JsonNode> allowed(JsonNode schema) {
        var values = new LinkedHashSet<JsonNode>();
        schema.path("enum").forEach(values::add);
        if (schema.has("const")) values.add(schema.path("const"));
        return values;
    }

    private void bounds(JsonNode before, JsonNode after, String place) {
        for (var bound : UPPER) bound(before, after, place, bound, 1);
        for (var bound : LOWER) bound(before, after, place, bound, -1);
        if (after.has("pattern") && !after.path("pattern").equals(before.path("pattern"))) {
            found.add(
                    "%s: the pattern was %s and is %s".formatted(place, before.path("pattern"), after.path("pattern")));
        }
    }

    private void bound(JsonNode before, JsonNode after, String place, String bound, int sign) {
        if (!after.has(bound)) return;
        double is = sign * after.path(bound).asDouble();
        if (before.has(bound) && sign * before.path(bound).asDouble() <= is) return;
        if (!before.has(bound) && bound.startsWith("min") && is == 0) return;
        found.add("%s: %s was %s and is %s"
                .formatted(place, bound, before.has(bound) ? before.path(bound) : "not there", after.path(bound)));
    }

    private void properties(JsonNode before, JsonNode after, String place) {
        var required = texts(before.path("required"));
        var requires = texts(after.path("required"));
        for (var property : unknownNeeds(required, requires)) {
            found.add("%s.%s: %s"
                    .formatted(place, property, way == Way.REQUEST ? "is required now" : "may be left out now"));
        }
        for (var property : before.path("properties").properties()) {
            var place2 = place + "." + property.getKey();
            var still = Optional.ofNullable(after.path("properties").get(property.getKey()));
            if (still.isPresent()) compare(property.getValue(), still.get(), place2);
            else if (!after.path("additionalProperties").asBoolean(false))
                ApiBreaks.gone(property.getValue(), today, place2).ifPresent(found::add);
        }
    }

    /** Who writes may leave out no more than who reads can do without. */
    private Set<String> unknownNeeds(Set<String> before, Set<String> after) {
        return way == Way.REQUEST ? less(after, before) : less(before, after);
    }

    private static Set<String> less(Set<String> all, Set<String> these) {
        var left = new LinkedHashSet<>(all);
        left.removeAll(these);
        return left;
    }

    private void variants(JsonNode before, JsonNode after, String place) {
        var was = before.path("anyOf").valueStream().toList();
        var is = after.path("anyOf").valueStream().toList();
        if (is.isEmpty() || was.isEmpty()) {
            if (way == Way.REQUEST && was.isEmpty() && !is.isEmpty()) found.add(place + ": takes fewer forms now");
            if (way == Way.ANSWER && is.isEmpty() && !was.isEmpty()) found.add(place + ": had several forms");
            return;
        }
        var written = way == Way.REQUEST ? was : is;
        var read = way == Way.REQUEST ? is : was;
        for (var variant : written) {
            boolean known = read.stream().anyMatch(other -> fits(variant, other));
            if (!known) found.add("%s: the form %s is not known".formatted(place, variant));
        }
    }

    private boolean fits(JsonNode written, JsonNode read) {
        return between(
                        released,
                        way == Way.REQUEST ? written : read,
                        now,
                        way == Way.REQUEST ? read : written,
                        way,
                        "",
                        today)
                .isEmpty();
    }

    private static Set<String> texts(JsonNode node) {
        Stream<JsonNode> all = node.isString() ? Stream.of(node) : StreamSupport.stream(node.spliterator(), false);
        return new LinkedHashSet<>(all.map(JsonNode::asString).toList());
    }
}
