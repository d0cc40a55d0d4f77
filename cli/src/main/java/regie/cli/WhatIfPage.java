package regie.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a loss takes along: the causes as a tree, what it hits as tables, and what it comes to. */
final class WhatIfPage {
    private static final int SHOWN = 40;
    private static final Map<String, String> FATES = Words.inOrder(
            "lost",
            "lost: no place left",
            "returns",
            "returning elsewhere",
            "cut-off",
            "cut off: running, out of reach");

    private WhatIfPage() {}

    /** @param all every machine, however many */
    static List<String> render(JsonNode answer, boolean all, Ink ink) {
        var lines = new ArrayList<>(CauseTree.render(answer, ink));
        FATES.forEach((fate, words) -> machines(answer, fate, words, all, ink, lines));
        counts(answer.path("fleets"), "Fleets", "members", ink, lines);
        counts(answer.path("projects"), "Projects", "machines", ink, lines);
        services(answer.path("services"), "Services", ink, lines);
        services(answer.path("controlRoom"), "Control room", ink, lines);
        lines.add("");
        lines.addAll(totals(answer.path("totals"), ink));
        return lines;
    }

    private static void machines(JsonNode answer, String fate, String words, boolean all, Ink ink, List<String> lines) {
        var of = Json.items(answer.path("machines")).stream()
                .filter(machine -> Json.text(machine, "fate").equals(fate))
                .toList();
        if (of.isEmpty()) return;
        lines.add("");
        lines.add(ink.on(colour(fate), "Machines %s (%d)".formatted(words, of.size())));
        int shown = all ? of.size() : Math.min(SHOWN, of.size());
        var columns = new Columns();
        var reasons = new LinkedHashMap<String, Integer>();
        for (var machine : of.subList(0, shown)) {
            var row = new ArrayList<>(
                    List.of("  " + ResourceKey.of(machine.path("key")), "on " + Json.text(machine, "server")));
            if (fate.equals("returns"))
                row.add("→ %s (%s)".formatted(Json.text(machine, "to"), Json.text(machine, "site")));
            columns.row(row);
        }
        of.forEach(machine -> reasons.merge(Json.text(machine, "why"), 1, Integer::sum));
        lines.addAll(columns.lines());
        if (shown < of.size()) lines.add("  … and %d more (--all)".formatted(of.size() - shown));
        reasons.forEach((why, count) -> {
            if (!why.isEmpty()) lines.add("  %d× %s".formatted(count, why));
        });
    }

    private static Ink.Colour colour(String fate) {
        return switch (fate) {
            case "returns" -> Ink.Colour.GREEN;
            case "lost" -> Ink.Colour.RED;
            default -> Ink.Colour.YELLOW;
        };
    }

    private static void counts(JsonNode groups, String title, String of, Ink ink, List<String> lines) {
        if (groups.isEmpty()) return;
        lines.add("");
        lines.add(ink.on(Ink.Colour.BOLD, title));
        var columns =
                new Columns().row("  NAME", of.toUpperCase(java.util.Locale.ROOT), "STAY", "RETURN", "LOST", "CUT OFF");
        for (var group : groups) {
            var project = Json.text(group, "project");
            columns.row(
                    "  " + (project.isEmpty() ? "" : project + "/") + Json.text(group, "name"),
                    Json.text(group, of),
                    Json.text(group, "staying"),
                    Json.text(group, "returning"),
                    Json.text(group, "lost"),
                    Json.text(group, "cutOff"));
        }
        lines.addAll(columns.lines());
    }

    private static void services(JsonNode services, String title, Ink ink, List<String> lines) {
        if (services.isEmpty()) return;
        lines.add("");
        lines.add(ink.on(Ink.Colour.BOLD, title));
        var columns = new Columns();
        for (var service : services) {
            int servers = service.path("servers").asInt();
            int out = service.path("out").asInt();
            var left = out == servers ? "none left" : (servers - out) + " left";
            columns.row("  " + Json.text(service, "name"), "%d of %d servers out".formatted(out, servers), left);
        }
        lines.addAll(columns.lines());
    }

    private static List<String> totals(JsonNode totals, Ink ink) {
        var servers = "%s of %s servers dark, %s without a disk, %s cut off"
                .formatted(
                        Json.text(totals, "serversDark"),
                        Json.text(totals, "servers"),
                        Json.text(totals, "serversDiskless"),
                        Json.text(totals, "serversCutOff"));
        int hit = totals.path("returning").asInt()
                + totals.path("lost").asInt()
                + totals.path("cutOff").asInt();
        var machines = "%d of %s machines hit: %s return, %s lost, %s cut off"
                .formatted(
                        hit,
                        Json.text(totals, "machines"),
                        Json.text(totals, "returning"),
                        Json.text(totals, "lost"),
                        Json.text(totals, "cutOff"));
        return List.of(ink.on(Ink.Colour.BOLD, servers + "."), ink.on(Ink.Colour.BOLD, machines + "."));
    }
}
