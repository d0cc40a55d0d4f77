package regie.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a room answers when it says no (RFC 9457), as a {@link Failure}. */
final class Problem {
    private static final int EXCERPT = 200;

    private Problem() {}

    static Failure failure(int status, String body) {
        JsonNode problem;
        try {
            problem = Json.read(body);
        } catch (Failure notJson) {
            return foreign(status, body);
        }
        var detail = Json.text(problem, "detail");
        if (detail.isEmpty()) detail = Json.text(problem, "title");
        if (detail.isEmpty()) return foreign(status, body);
        return new Failure(
                ExitCode.of(status),
                Json.text(problem, "code"),
                detail,
                places(problem.path("problems")),
                java.util.Map.of());
    }

    private static List<Failure.SourceProblem> places(JsonNode problems) {
        var found = new ArrayList<Failure.SourceProblem>();
        for (var each : problems) {
            var place = each.path("place");
            found.add(new Failure.SourceProblem(
                    Json.text(place, "file"),
                    place.path("line").asInt(1),
                    place.path("column").asInt(1),
                    Json.text(each, "message")));
        }
        return found;
    }

    private static Failure foreign(int status, String body) {
        var text = body.strip();
        var excerpt = Ink.plain(text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text);
        return new Failure(
                ExitCode.of(status),
                "answer-unreadable",
                "The answer has status %d and is none of a room's: %s".formatted(status, excerpt));
    }
}
