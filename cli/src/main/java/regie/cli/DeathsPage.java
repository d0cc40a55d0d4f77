package regie.cli;

import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Servers that are dead or may be: a line for each, those that are looked at now first. */
final class DeathsPage {
    private DeathsPage() {}

    static List<String> render(JsonNode answer) {
        var rows = new Columns().row("SERVER", "SITE", "STATE", "SINCE", "RETURNED", "BY WHAT");
        int lines = 0;
        var proven = new HashSet<String>();
        for (var death : answer.path("deaths")) proven.add(key(death, "name", "proof"));
        for (var verdict : answer.path("verdicts")) {
            boolean dead = Json.text(verdict, "outcome").equals("dead");
            if (dead && proven.contains(key(verdict, "server", "proof"))) continue; // told below, with its return
            lines++;
            rows.row(
                    Json.text(verdict, "server"),
                    Json.text(verdict, "site"),
                    verdict.hasNonNull("ended") ? Json.text(verdict, "outcome") : "suspect",
                    Json.text(verdict, "suspected"),
                    "",
                    known(verdict));
        }
        for (var degraded : answer.path("degraded")) {
            lines++;
            rows.row(
                    Json.text(degraded, "server"),
                    Json.text(degraded, "site"),
                    degraded.hasNonNull("ended") ? "was degraded" : "degraded",
                    Json.text(degraded, "since"),
                    Json.text(degraded, "ended"),
                    ails(degraded));
        }
        for (var death : answer.path("deaths")) {
            lines++;
            rows.row(
                    Json.text(death, "name"),
                    Json.text(death, "site"),
                    death.hasNonNull("returned") ? "returned" : "dead",
                    Json.text(death, "declared"),
                    Json.text(death, "returned"),
                    Json.text(death, "proof"));
        }
        return lines == 0 ? List.of("No server is dead, none is missed, and none is degraded.") : rows.lines();
    }

    private static String ails(JsonNode degraded) {
        var what = Json.text(degraded, "detail");
        var drained = degraded.hasNonNull("maintenance")
                ? what + "; drained by maintenance " + Json.text(degraded, "maintenance")
                : what;
        var outcome = Json.text(degraded, "outcome");
        if (outcome.equals("flapping")) return drained + "; quarantined, for it was so too often";
        return degraded.hasNonNull("wellSince") && outcome.isEmpty() ? drained + "; well now" : drained;
    }

    private static String key(JsonNode of, String name, String proof) {
        return Json.text(of, name) + " " + Json.text(of, proof);
    }

    private static String known(JsonNode verdict) {
        var fault = Json.text(verdict, "fault");
        var power = Json.text(verdict, "power");
        if (!fault.isEmpty()) return "its controller is of no help: " + fault;
        return power.isEmpty() ? "" : "its controller says " + power;
    }
}
