package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a plan would do, or an apply did: one block per change, neighbours that differ in their name alone as one, then a summary. */
final class ChangesPage {
    private static final Map<String, String> SIGNS = Map.of("create", "+", "change", "~", "delete", "-");
    private static final Map<String, Ink.Colour> COLOURS =
            Map.of("create", Ink.Colour.GREEN, "change", Ink.Colour.YELLOW, "delete", Ink.Colour.RED);

    private ChangesPage() {}

    static List<String> render(JsonNode changes, Ink ink) {
        var lines = new ArrayList<String>();
        var changing = changing(changes);
        for (int from = 0; from < changing.size(); ) {
            int to = from + 1;
            while (to < changing.size() && alike(changing.get(from), changing.get(to))) to++;
            block(changing.subList(from, to), ink, lines);
            from = to;
        }
        if (!lines.isEmpty()) lines.add("");
        lines.add(summary(changes));
        return lines;
    }

    /** Those that are not left as they are. */
    static List<JsonNode> changing(JsonNode changes) {
        return Json.items(changes.path("changes")).stream()
                .filter(change -> SIGNS.containsKey(Json.text(change, "action")))
                .toList();
    }

    static String summary(JsonNode changes) {
        var counts = new TreeMap<String, Integer>();
        for (var change : changes.path("changes")) counts.merge(Json.text(change, "action"), 1, Integer::sum);
        var parts = new ArrayList<String>();
        counts(counts, "create", "to create", parts);
        counts(counts, "change", "to change", parts);
        counts(counts, "delete", "to delete", parts);
        counts(counts, "keep", "as declared already", parts);
        return parts.isEmpty() ? "Nothing is declared there." : String.join(", ", parts) + ".";
    }

    private static void counts(Map<String, Integer> counts, String action, String words, List<String> parts) {
        int count = counts.getOrDefault(action, 0);
        if (count > 0) parts.add(count + " " + words);
    }

    private static boolean alike(JsonNode left, JsonNode right) {
        var one = ResourceKey.of(left.path("key"));
        var other = ResourceKey.of(right.path("key"));
        return left.path("action").equals(right.path("action"))
                && one.kind().equals(other.kind())
                && one.project().equals(other.project())
                && left.path("differences").equals(right.path("differences"));
    }

    private static void block(List<JsonNode> alike, Ink ink, List<String> lines) {
        var first = alike.getFirst();
        var action = Json.text(first, "action");
        var sign = SIGNS.getOrDefault(action, " ");
        var colour = COLOURS.getOrDefault(action, Ink.Colour.BOLD);
        var name = ResourceKey.of(first.path("key")).toString();
        if (alike.size() > 1)
            name += " … %s (%d)"
                    .formatted(ResourceKey.of(alike.getLast().path("key")).name(), alike.size());
        lines.add(ink.on(colour, sign + " " + action + " " + name));
        var fields = new Columns();
        var signs = new ArrayList<Ink.Colour>();
        for (var difference : first.path("differences")) field(difference, fields, signs);
        var rendered = fields.lines();
        for (int at = 0; at < rendered.size(); at++) lines.add("    " + ink.on(signs.get(at), rendered.get(at)));
    }

    private static void field(JsonNode difference, Columns fields, List<Ink.Colour> colours) {
        var before = difference.path("before");
        var after = difference.path("after");
        var name = Json.text(difference, "field");
        if (absent(before) && after.isContainer() && after.isEmpty()) return;
        if (absent(before)) fields.row("+ " + name, value(after));
        else if (absent(after)) fields.row("- " + name, value(before));
        else fields.row("~ " + name, value(before) + " → " + value(after));
        colours.add(absent(before) ? Ink.Colour.GREEN : absent(after) ? Ink.Colour.RED : Ink.Colour.YELLOW);
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String value(JsonNode value) {
        return value.isString() ? Ink.plain(value.stringValue()) : Ink.plain(Json.line(value));
    }
}
