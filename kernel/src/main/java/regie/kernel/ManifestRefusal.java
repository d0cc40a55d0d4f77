package regie.kernel;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that is wrong with a manifest, at once. */
public record ManifestRefusal(List<Problem> problems) implements Refusal {
    private static final int SHOWN_MAX = 100;

    /** @param field path inside the document, such as {@code spec.memoryMiB}; empty for the document itself */
    public record Problem(Place place, String field, String message) {}

    public ManifestRefusal {
        problems = problems.stream().distinct().limit(SHOWN_MAX).toList();
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
}
