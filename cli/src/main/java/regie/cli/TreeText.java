package regie.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A JSON tree for reading: a field per line, deeper ones indented, lists of short values on one line. */
final class TreeText {
    private static final int LINE_MAX = 100;

    private TreeText() {}

    static List<String> lines(JsonNode tree, String indent) {
        var lines = new ArrayList<String>();
        if (tree.isArray()) list(tree, indent, lines);
        else fields(tree, indent, lines);
        return lines;
    }

    private static void fields(JsonNode object, String indent, List<String> lines) {
        int width = 0;
        for (var field : object.properties())
            if (isShort(field.getValue()))
                width = Math.max(width, field.getKey().length());
        for (var field : object.properties()) {
            var name = Ink.plain(field.getKey());
            var value = field.getValue();
            if (isShort(value)) {
                lines.add((indent + name + " ".repeat(Math.max(0, width - name.length())) + "  " + inline(value))
                        .stripTrailing());
            } else {
                lines.add(indent + name);
                lines.addAll(lines(value, indent + "  "));
            }
        }
    }

    private static void list(JsonNode array, String indent, List<String> lines) {
        for (var item : array) {
            if (isShort(item)) {
                lines.add(indent + "- " + inline(item));
                continue;
            }
            var inner = lines(item, indent + "  ");
            lines.add(indent + "- " + inner.getFirst().substring(indent.length() + 2));
            lines.addAll(inner.subList(1, inner.size()));
        }
    }

    private static boolean isShort(JsonNode value) {
        if (Json.isLeaf(value)) return true;
        if (!value.isArray()) return false;
        int length = 0;
        for (var item : value) {
            if (!Json.isLeaf(item)) return false;
            length += inline(item).length() + 2;
        }
        return length <= LINE_MAX;
    }

    private static String inline(JsonNode value) {
        if (value.isArray() && !value.isEmpty()) {
            return String.join(
                    ", ", Json.items(value).stream().map(TreeText::inline).toList());
        }
        if (value.isContainer()) return "none";
        return Json.shown(value).replace("\n", "⏎");
    }
}
