package regie.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees: the program binds no classes, so that a room with more kinds and fields than it knows is no trouble to it. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new Failure(
                    ExitCode.FAULT,
                    "answer-unreadable",
                    "The room's answer is no JSON (%s). Does the address lead to a room?"
                            .formatted(e.getOriginalMessage()));
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String line(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    static String pretty(JsonNode tree) {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return MAPPER.writer().with(printer).writeValueAsString(tree);
    }

    /** The text of a field; empty where it is not there. Numbers and flags as JSON writes them. */
    static String text(JsonNode tree, String field) {
        return shown(tree.path(field));
    }

    static String shown(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) return "";
        return Ink.plain(value.isString() ? value.stringValue() : line(value));
    }

    static List<JsonNode> items(JsonNode array) {
        var items = new ArrayList<JsonNode>(array.size());
        for (var item : array) items.add(item);
        return items;
    }

    static boolean isLeaf(JsonNode value) {
        return !value.isContainer() || value.isEmpty();
    }

    /** A value given on the command line: JSON where it is a number, a flag, a list or an object; else text. */
    static JsonNode ofArgument(String text) {
        try {
            var value = MAPPER.readTree(text);
            if (value.isNumber() || value.isBoolean() || value.isContainer()) return value;
        } catch (JacksonException e) {
            // Not JSON, so it is text.
        }
        return JsonNodeFactory.instance.stringNode(text);
    }
}
