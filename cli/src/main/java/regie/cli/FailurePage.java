package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A failure for whoever has to do something about it: what and why, the way out, and the code under which the docs know it. */
final class FailurePage {
    private FailurePage() {}

    static List<String> render(Failure failure, Ink ink) {
        var lines = new ArrayList<String>();
        if (failure.problems().isEmpty()) {
            var text = failure.message().split("\n", -1);
            lines.add(ink.onErr(Ink.Colour.RED, "regie:") + " " + Ink.plain(text[0]));
            for (int at = 1; at < text.length; at++) lines.add("       " + Ink.plain(text[at]));
        }
        for (var problem : failure.problems()) place(problem, failure.sources(), ink, lines);
        if (!failure.problems().isEmpty()) {
            int count = failure.problems().size();
            lines.add(ink.onErr(Ink.Colour.RED, "regie:")
                    + " %d %s; nothing was changed.".formatted(count, count == 1 ? "problem" : "problems"));
        }
        if (!failure.code().isEmpty() && !failure.code().equals("usage"))
            lines.add(ink.onErr(
                    Ink.Colour.FAINT,
                    "       problem: %s (docs/problems/%s.md)".formatted(failure.code(), failure.code())));
        return lines;
    }

    private static void place(Failure.SourceProblem problem, Map<String, String> sources, Ink ink, List<String> lines) {
        lines.add("%s:%d:%d: %s"
                .formatted(Ink.plain(problem.file()), problem.line(), problem.column(), Ink.plain(problem.message())));
        var source = sources.getOrDefault(problem.file(), "").split("\n", -1);
        if (problem.line() < 1 || problem.line() > source.length) return;
        var line = Ink.plain(source[problem.line() - 1].stripTrailing()).replace('\t', ' ');
        if (line.isBlank()) return;
        var number = String.valueOf(problem.line());
        lines.add("  %s | %s".formatted(number, line));
        int column = Math.clamp(problem.column(), 1, line.length() + 1);
        lines.add("  %s | %s".formatted(" ".repeat(number.length()), " ".repeat(column - 1))
                + ink.onErr(Ink.Colour.RED, "^"));
    }
}
