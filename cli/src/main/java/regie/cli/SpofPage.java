package regie.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Single points of failure: each with what it hits, and what to change. */
final class SpofPage {
    private static final int RUNS_MAX = 6;
    private static final Map<String, String> HOW = Map.of(
            "dark", "dark",
            "diskless", "without a disk",
            "cut-off", "cut off",
            "nobody-left", "nobody left");

    private SpofPage() {}

    static List<String> render(JsonNode answer, Ink ink) {
        var lines = new ArrayList<String>();
        for (var point : answer.path("items")) {
            lines.add(ink.on(Ink.Colour.BOLD, Json.text(point, "element")));
            hits(point, lines);
            for (var change : point.path("changes")) lines.add(ink.on(Ink.Colour.GREEN, "  + " + Json.shown(change)));
            lines.add("");
        }
        int found = answer.path("items").size();
        var examined = Json.text(answer, "examined");
        lines.add(
                found == 0
                        ? "None of %s elements is a single point of failure.".formatted(examined)
                        : "%d of %s elements %s."
                                .formatted(
                                        found,
                                        examined,
                                        found == 1 ? "is a single point of failure" : "are single points of failure"));
        return lines;
    }

    private static void hits(JsonNode point, List<String> lines) {
        var by = new LinkedHashMap<String, List<String>>();
        for (var hit : point.path("hits")) {
            var how = Json.text(hit, "how");
            var key = Json.text(hit, "kind") + "\n" + HOW.getOrDefault(how, how);
            by.computeIfAbsent(key, _ -> new ArrayList<>()).add(Json.text(hit, "name"));
        }
        by.forEach((key, names) -> {
            var kind = key.substring(0, key.indexOf('\n'));
            var how = key.substring(key.indexOf('\n') + 1);
            var count = names.size() > 1 ? " (%d)".formatted(names.size()) : "";
            lines.add("  %s %s%s: %s".formatted(kind, NameRuns.of(names, RUNS_MAX), count, how));
        });
    }
}
