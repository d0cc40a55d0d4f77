package regie.cli;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Leases of servers: a line for each. */
final class LeasesPage {
    private LeasesPage() {}

    static List<String> render(JsonNode answer) {
        var rows = new Columns().row("SERVER", "LEASE", "VOTERS", "MISSED BY");
        for (var lease : answer.path("leases"))
            rows.row(
                    Json.text(lease, "server"),
                    profile(lease),
                    names(lease.path("voters")),
                    lease.path("refused").asBoolean() ? "nobody grants it anything" : names(lease.path("missedBy")));
        return answer.path("leases").isEmpty()
                ? List.of("No agent was ever heard that knows of leases.")
                : rows.lines();
    }

    private static String profile(JsonNode lease) {
        var profile = Json.text(lease, "profile");
        var others = names(lease.path("orElse"));
        if (!others.isEmpty()) return "%s (or still %s)".formatted(profile, others);
        return lease.path("able").asBoolean() ? profile : profile + " (its agent can hold none)";
    }

    private static String names(JsonNode names) {
        return Json.items(names).stream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }
}
