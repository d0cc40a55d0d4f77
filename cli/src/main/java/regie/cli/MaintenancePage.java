package regie.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a maintenance would come to, and how far one is. */
final class MaintenancePage {
    private static final int BAR = 30;
    private static final int DONE_SHOWN = 10;
    private static final int MACHINES_SHOWN = 40;

    private MaintenancePage() {}

    static List<String> forecast(JsonNode answer, Ink ink) {
        var lines = new ArrayList<String>();
        lines.add(ink.on(Ink.Colour.BOLD, "%s, as things stand:".formatted(Json.text(answer, "scope"))));
        var columns = new Columns().row("  TURN", "SERVER", "MOVE", "STAY", "");
        for (var server : answer.path("servers")) {
            int turn = server.path("turn").asInt(0);
            columns.row(
                    "  " + (turn == 0 ? "-" : turn),
                    Json.text(server, "name"),
                    String.valueOf(server.path("goes").size()),
                    String.valueOf(server.path("stays").size()),
                    outlook(server));
        }
        lines.addAll(columns.lines());
        for (var server : answer.path("servers")) reasons(lines, server, ink);
        var staying =
                Json.items(answer.path("staying")).stream().map(Json::shown).toList();
        if (!staying.isEmpty()) lines.add("stay up, for they have another feed: " + String.join(", ", staying));
        for (var note : answer.path("notes")) lines.add("note: " + Json.shown(note));
        int refused = answer.path("refused").asInt(0);
        if (refused > 0)
            lines.add(ink.on(
                    Ink.Colour.RED,
                    "%d %s can't be taken out.".formatted(refused, refused == 1 ? "server" : "servers")));
        return lines;
    }

    private static String outlook(JsonNode server) {
        if (server.hasNonNull("skipped")) return "left out: " + Json.text(server, "skipped");
        return server.path("turn").asInt(0) == 0 ? "can't be taken out" : "";
    }

    private static void reasons(List<String> lines, JsonNode server, Ink ink) {
        var name = Json.text(server, "name");
        for (var why : server.path("broken"))
            lines.add(ink.on(Ink.Colour.RED, "%s: %s".formatted(name, Json.shown(why))));
        for (var machine : server.path("stays"))
            lines.add(ink.on(
                    Ink.Colour.YELLOW,
                    "%s: %s can't be moved: %s"
                            .formatted(name, Json.text(machine, "instance"), Json.text(machine, "why"))));
    }

    /** How far one is. */
    static List<String> progress(JsonNode maintenance, Ink ink) {
        var status = maintenance.path("status");
        int all = status.path("servers").asInt(0);
        int finished = status.path("finished").asInt(0);
        var lines = new ArrayList<String>();
        lines.add("%s  %s  %s %d of %d servers"
                        .formatted(
                                ink.on(Ink.Colour.BOLD, Json.text(maintenance, "name")),
                                Json.text(status, "phase"),
                                Bar.of(finished, all, BAR),
                                finished,
                                all)
                + longest(status));
        lines.addAll(servers(status));
        lines.addAll(machines(status));
        for (var hold : status.path("holds"))
            lines.add(ink.on(Ink.Colour.YELLOW, "waits: " + Json.text(hold, "detail")));
        return lines;
    }

    private static String longest(JsonNode status) {
        return status.hasNonNull("longestDowntimeMillis")
                ? ", longest standstill of a machine %s ms".formatted(Json.text(status, "longestDowntimeMillis"))
                : "";
    }

    private static List<String> servers(JsonNode status) {
        var columns = new Columns().row("  SERVER", "STAGE", "SINCE", "MACHINES LEFT", "");
        int done = 0;
        for (var server : status.path("hosts")) {
            if (Json.text(server, "stage").equals("done") && ++done > DONE_SHOWN) continue;
            columns.row(
                    "  " + Json.text(server, "name"),
                    Json.text(server, "stage"),
                    Moments.second(Json.text(server, "since")),
                    Json.text(server, "machines"),
                    Json.text(server, "note"));
        }
        return columns.lines();
    }

    private static List<String> machines(JsonNode status) {
        var machines = Json.items(status.path("machines"));
        if (machines.isEmpty()) return List.of();
        var columns = new Columns().row("  MACHINE", "FROM", "TO", "", "SECONDS", "STANDSTILL MS");
        machines.stream()
                .limit(MACHINES_SHOWN)
                .forEach(machine -> columns.row(
                        "  " + Json.text(machine, "instance"),
                        Json.text(machine, "from"),
                        Json.text(machine, "to"),
                        Json.text(machine, "outcome"),
                        Json.text(machine, "seconds"),
                        Json.text(machine, "downtimeMillis")));
        var lines = new ArrayList<>(columns.lines());
        if (machines.size() > MACHINES_SHOWN) lines.add("  and %d more".formatted(machines.size() - MACHINES_SHOWN));
        return lines;
    }
}
