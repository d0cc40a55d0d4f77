package regie.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The free pairs of a resource, as a manifest gives them. */
final class Labels {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_./-]{0,61}[A-Za-z0-9])?");
    private static final int PAIRS_MAX = 32;
    private static final int VALUE_MAX = 128;

    private Labels() {}

    /** What is wrong with {@code labels}, by field; a missing or empty node is right. */
    static Map<String, String> problems(JsonNode labels) {
        var problems = new LinkedHashMap<String, String>();
        if (labels.isMissingNode() || labels.isNull()) return problems;
        if (!(labels instanceof ObjectNode pairs)) {
            problems.put("labels", "labels is %s; expected a mapping of names to text".formatted(labels));
            return problems;
        }
        if (pairs.size() > PAIRS_MAX) {
            problems.put("labels", "labels has %d pairs; expected at most %d".formatted(pairs.size(), PAIRS_MAX));
        }
        for (var pair : pairs.properties()) {
            var field = "labels." + pair.getKey();
            if (!KEY.matcher(pair.getKey()).matches()) {
                problems.put(
                        field,
                        "%s: expected a name of 1 to 63 letters, digits, and _ . / - between them".formatted(field));
            } else {
                value(field, pair.getValue(), problems);
            }
        }
        return problems;
    }

    private static void value(String field, JsonNode value, Map<String, String> problems) {
        if (!value.isString()) {
            problems.put(
                    field,
                    "%s is %s; expected text%s"
                            .formatted(
                                    field,
                                    value.isNull() ? "empty" : value,
                                    value.isValueNode() && !value.isNull() ? " (put it in quotes)" : ""));
        } else if (value.stringValue().length() > VALUE_MAX) {
            problems.put(
                    field,
                    "%s is text of %d characters; expected at most %d"
                            .formatted(field, value.stringValue().length(), VALUE_MAX));
        }
    }

    static Map<String, String> filled(JsonNode labels, NameRange.Name name) {
        var filled = new LinkedHashMap<String, String>();
        for (var pair : labels.properties()) {
            filled.put(pair.getKey(), name.fill(pair.getValue().stringValue()));
        }
        return filled;
    }
}
