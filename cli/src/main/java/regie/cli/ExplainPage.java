package regie.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Why a resource is as it is: what waits, what it needs, what needs it, and what happened last. */
final class ExplainPage {
    private ExplainPage() {}

    static List<String> render(JsonNode explanation, Instant now, Ink ink) {
        var lines = new ArrayList<String>();
        lines.add(
                ink.on(Ink.Colour.BOLD, ResourceKey.of(explanation.path("key")).toString()));
        var holds = explanation.path("holds");
        lines.add("");
        lines.add(ink.on(Ink.Colour.BOLD, holds.isEmpty() ? "Nothing waits." : "Waits, because"));
        if (!holds.isEmpty()) lines.addAll(ResourcePage.holds(holds, ink));
        var work = explanation.path("work");
        if (!work.isEmpty()) {
            lines.add("");
            lines.add("A loop looks at it %s (attempt %s)."
                    .formatted(due(Json.text(work, "dueAt"), now), Json.text(work, "attempt")));
        }
        keys("Needs", explanation.path("references"), ink, lines);
        keys("Needed by", explanation.path("neededBy"), ink, lines);
        changes(explanation.path("changes"), ink, lines);
        return lines;
    }

    private static String due(String moment, Instant now) {
        try {
            var at = Instant.parse(moment);
            return at.isAfter(now) ? Moments.distance(at, now) : "right now";
        } catch (java.time.DateTimeException e) {
            return "soon";
        }
    }

    private static void keys(String title, JsonNode keys, Ink ink, List<String> lines) {
        if (keys.isEmpty()) return;
        lines.add("");
        lines.add(ink.on(Ink.Colour.BOLD, title));
        var columns = new Columns();
        for (var each : keys) {
            var key = each.has("key") ? each.path("key") : each;
            var field = Json.text(each, "field");
            var name = ResourceKey.of(key).toString();
            if (field.isEmpty()) columns.row("  " + name);
            else columns.row("  " + name, "by " + field);
        }
        lines.addAll(columns.lines());
    }

    private static void changes(JsonNode changes, Ink ink, List<String> lines) {
        if (changes.isEmpty()) return;
        lines.add("");
        lines.add(ink.on(Ink.Colour.BOLD, "Last changes"));
        var columns = new Columns();
        for (var change : changes) {
            columns.row(
                    "  " + Moments.time(Json.text(change, "at")),
                    Json.text(change, "what"),
                    Json.text(change, "actor"));
        }
        lines.addAll(columns.lines());
    }
}
