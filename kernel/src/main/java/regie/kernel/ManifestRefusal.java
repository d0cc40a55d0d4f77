package regie.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that is wrong with some manifests, at once: file by file, and down each file. */
public record ManifestRefusal(List<Problem> problems) implements Refusal {
    private static final int SHOWN_MAX = 100;

    /** @param field path inside the document, such as {@code spec.memoryMiB}; empty for the document itself */
    public record Problem(Place place, String field, String message) {}

    public ManifestRefusal {
        problems = bounded(problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::place))
                .toList());
    }

    @Override
    public Kind kind() {
        return Kind.MALFORMED;
    }

    @Override
    public String code() {
        return "manifest-malformed";
    }

    @Override
    public String detail() {
        return problems.stream()
                .map(problem -> problem.place() + ": " + problem.message())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("problems", problems);
    }

    private static List<Problem> bounded(List<Problem> problems) {
        if (problems.size() <= SHOWN_MAX) return problems;
        var shown = new ArrayList<>(problems.subList(0, SHOWN_MAX));
        var next = problems.get(SHOWN_MAX);
        shown.add(new Problem(next.place(), "", "and %d more from here on".formatted(problems.size() - SHOWN_MAX)));
        return List.copyOf(shown);
    }
}
