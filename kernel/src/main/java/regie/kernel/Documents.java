package regie.kernel;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads one YAML or JSON document as a record, with the checks and the messages that a manifest's spec gets. */
public final class Documents {
    private Documents() {}

    /**
     * @param file its name, for messages
     * @param text an empty one counts as an empty mapping
     * @throws Refused with a {@link ManifestRefusal} that holds every problem with its place
     */
    public static <R> R read(Class<R> type, String file, String text) {
        var document = Yaml.single(file, text);
        if (!(document.tree() instanceof ObjectNode object)) {
            throw refusal(List.of(new ManifestRefusal.Problem(document.place(""), "", "expected a mapping of names")));
        }
        var result = SpecReader.SHARED.read(type, object);
        return result.spec()
                .orElseThrow(() -> refusal(result.problems().stream()
                        .map(problem -> new ManifestRefusal.Problem(
                                document.place(problem.field()), problem.field(), problem.message()))
                        .toList()));
    }

    private static Refused refusal(List<ManifestRefusal.Problem> problems) {
        return new ManifestRefusal(problems).asException();
    }
}
