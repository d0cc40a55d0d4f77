package regie.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Field by field what differs between two trees; lists are compared as wholes. */
final class Differences {
    private final List<Changes.Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Changes.Difference> between(Optional<JsonNode> before, Optional<JsonNode> after) {
        var differences = new Differences();
        differences.compare("", before, after);
        return differences.found;
    }

    private void compare(String field, Optional<JsonNode> before, Optional<JsonNode> after) {
        if (before.equals(after)) return;
        if (!holdsFields(before) && !holdsFields(after)) {
            found.add(new Changes.Difference(field, before, after));
            return;
        }
        var names = new TreeSet<String>();
        before.ifPresent(tree -> names.addAll(tree.propertyNames()));
        after.ifPresent(tree -> names.addAll(tree.propertyNames()));
        for (var name : names) {
            compare(
                    field.isEmpty() ? name : field + "." + name,
                    before.map(tree -> tree.get(name)),
                    after.map(tree -> tree.get(name)));
        }
    }

    private static boolean holdsFields(Optional<JsonNode> tree) {
        return tree.filter(node -> node instanceof ObjectNode object && !object.isEmpty())
                .isPresent();
    }
}
