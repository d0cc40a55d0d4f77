package regie.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One resource for reading: its heading, what is wanted, what is seen, and what waits and why. */
final class ResourcePage {
    private ResourcePage() {}

    static List<String> render(JsonNode resource, Instant now, Ink ink) {
        var lines = new ArrayList<String>();
        lines.add(ink.on(
                Ink.Colour.BOLD,
                "%s %s"
                        .formatted(
                                Json.text(resource, "kind"),
                                ResourceKey.of(resource).name())));
        lines.addAll(heading(resource, now));
        section("wanted (spec)", resource.path("spec"), ink, lines);
        section("seen (status)", withoutHolds(resource.path("status")), ink, lines);
        var holds = resource.path("status").path("holds");
        if (!holds.isEmpty()) {
            lines.add("");
            lines.add(ink.on(Ink.Colour.BOLD, "waits (holds)"));
            lines.addAll(holds(holds, ink));
        }
        return lines;
    }

    static List<String> holds(JsonNode holds, Ink ink) {
        var columns = new Columns();
        for (var hold : holds) columns.row("  " + Json.text(hold, "code"), Json.text(hold, "detail"));
        return columns.lines().stream()
                .map(line -> ink.on(Ink.Colour.YELLOW, line))
                .toList();
    }

    private static List<String> heading(JsonNode resource, Instant now) {
        var columns = new Columns();
        var project = Json.text(resource, "project");
        if (!project.isEmpty()) columns.row("  project", project);
        if (!resource.path("labels").isEmpty()) columns.row("  labels", labels(resource.path("labels")));
        columns.row("  uid", Json.text(resource, "uid"));
        var owner = Json.text(resource, "owner");
        if (!owner.isEmpty()) columns.row("  owner", owner);
        columns.row(
                "  generation",
                "%s (revision %s)".formatted(Json.text(resource, "generation"), Json.text(resource, "revision")));
        columns.row("  created", Moments.since(Json.text(resource, "createdAt"), now));
        var deleting = Json.text(resource, "deletingAt");
        if (!deleting.isEmpty()) columns.row("  deleting", Moments.since(deleting, now));
        return columns.lines();
    }

    private static String labels(JsonNode labels) {
        var pairs = new ArrayList<String>();
        for (var label : labels.properties()) pairs.add(label.getKey() + "=" + Json.shown(label.getValue()));
        return String.join(" ", pairs);
    }

    private static JsonNode withoutHolds(JsonNode status) {
        if (!(status instanceof ObjectNode object) || !object.has("holds")) return status;
        var rest = object.deepCopy();
        rest.remove("holds");
        return rest;
    }

    private static void section(String title, JsonNode tree, Ink ink, List<String> lines) {
        if (tree.isEmpty()) return;
        lines.add("");
        lines.add(ink.on(Ink.Colour.BOLD, title));
        lines.addAll(TreeText.lines(tree, "  "));
    }
}
