package regie.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads manifests: YAML or JSON documents with {@code kind}, {@code name}, {@code project}, {@code labels} and {@code spec}.
 * All problems of all documents come in one refusal, each with file, line and column.
 */
public final class Manifests {
    /** A name that is also good as a host name and in a URL (RFC 1123). */
    public static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    private static final Pattern LABEL_KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_./-]{0,61}[A-Za-z0-9])?");
    private static final int LABELS_MAX = 32;
    private static final int LABEL_VALUE_MAX = 128;
    private static final int RESOURCES_MAX = 50_000;
    private static final Set<String> FIELDS = Set.of("kind", "name", "project", "labels", "spec");
    private static final Set<String> CONTENT = Set.of("labels", "spec");

    private final Kinds kinds;

    public Manifests(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * @param file its name, for messages
     * @param project where the documents say none
     * @throws Refused with a {@link ManifestRefusal}
     */
    public List<Wanted> read(String file, String text, String project) {
        return read(List.of(new Source(file, text)), project);
    }

    /** @param file its name, for messages */
    public record Source(String file, String text) {}

    /** As {@link #read(String, String, String)}, of several files that may refer to each other. */
    public List<Wanted> read(List<Source> sources, String project) {
        var reading = new Reading(project);
        for (var source : sources) {
            for (var document : Yaml.read(source.file(), source.text())) reading.document(document);
        }
        if (!reading.problems.isEmpty()) throw new ManifestRefusal(reading.problems).asException();
        return reading.wanted;
    }

    /**
     * Reads what is wanted of one resource whose key is said apart, as in a URL: a document with {@code labels} and {@code spec}.
     *
     * @throws Refused with a {@link ManifestRefusal}
     */
    public Wanted body(Kind<?, ?> kind, Key key, String file, String text) {
        return content(kind, key, Yaml.single(file, text));
    }

    /**
     * Reads a merge patch (RFC 7396) of the {@code labels} and {@code spec} of {@code now}, and gives what is wanted with it.
     *
     * @throws Refused with a {@link ManifestRefusal}
     */
    public Wanted patch(Kind<?, ?> kind, Declared<?, ?> now, String file, String text) {
        var patch = Yaml.single(file, text);
        var content = JsonNodeFactory.instance.objectNode();
        content.set("labels", Json.tree((Object) now.labels()));
        content.set("spec", Json.tree((Object) now.spec()));
        var merged = MergePatch.apply(content, patch.tree());
        return content(kind, now.key(), new Yaml.Document(merged, patch.places()));
    }

    private Wanted content(Kind<?, ?> kind, Key key, Yaml.Document document) {
        var reading = new Reading(key.project());
        reading.content(document, kind, key);
        if (!reading.problems.isEmpty()) throw new ManifestRefusal(reading.problems).asException();
        return reading.wanted.getFirst();
    }

    private final class Reading {
        private final String defaultProject;
        private final List<Wanted> wanted = new ArrayList<>();
        private final Map<Key, Place> seen = new LinkedHashMap<>();
        private final List<ManifestRefusal.Problem> problems = new ArrayList<>();

        Reading(String defaultProject) {
            this.defaultProject = defaultProject;
        }

        void document(Yaml.Document document) {
            int before = problems.size();
            if (!(document.tree() instanceof ObjectNode object)) {
                problem(document, "", "a document has to be a mapping with kind, name and spec");
                return;
            }
            fields(document, object, FIELDS);
            var kindName = text(document, object, "kind");
            var kind = kinds.named(kindName).orElse(null);
            if (kind == null && !kindName.isEmpty()) {
                var names = kinds.all().stream().map(Kind::name).toList();
                problem(document, "kind", "there is no kind %s%s".formatted(kindName, Nearest.hint(kindName, names)));
            }
            var name = text(document, object, "name");
            labels(document, object.path("labels"));
            if (kind != null && !name.isEmpty())
                resources(document, kind, name, project(document, kind, object), before);
        }

        void content(Yaml.Document document, Kind<?, ?> kind, Key key) {
            if (!(document.tree() instanceof ObjectNode object)) {
                problem(document, "", "expected a mapping with labels and spec");
                return;
            }
            fields(document, object, CONTENT);
            checkName(document, "name", key.name());
            if (kind.scope() == Kind.Scope.PROJECT) checkName(document, "project", key.project());
            labels(document, object.path("labels"));
            resource(document, kind, key, new NameRange.Name(key.name(), List.of()), 0);
        }

        private void fields(Yaml.Document document, ObjectNode object, Set<String> known) {
            for (var field : object.propertyNames()) {
                if (!known.contains(field)) {
                    problem(document, field, "%s is not known here%s".formatted(field, Nearest.hint(field, known)));
                }
            }
        }

        private String project(Yaml.Document document, Kind<?, ?> kind, ObjectNode object) {
            if (!object.has("project")) return defaultProject;
            var project = text(document, object, "project");
            if (kind.scope() == Kind.Scope.ESTATE) {
                problem(
                        document,
                        "project",
                        "a %s belongs to the estate, not to a project; leave project out".formatted(kind.name()));
            } else if (!project.isEmpty()) {
                checkName(document, "project", project);
            }
            return project;
        }

        private void labels(Yaml.Document document, JsonNode labels) {
            if (labels.isMissingNode()) return;
            if (!(labels instanceof ObjectNode pairs)) {
                problem(document, "labels", "labels have to be a mapping of text to text");
                return;
            }
            if (pairs.size() > LABELS_MAX)
                problem(document, "labels", "%d labels; at most %d".formatted(pairs.size(), LABELS_MAX));
            for (var pair : pairs.properties()) {
                var field = "labels." + pair.getKey();
                if (!LABEL_KEY.matcher(pair.getKey()).matches()) {
                    problem(
                            document,
                            field,
                            "label %s: expected letters, digits and _ . / - in between, at most 63"
                                    .formatted(pair.getKey()));
                }
                if (!pair.getValue().isString() || pair.getValue().stringValue().length() > LABEL_VALUE_MAX) {
                    problem(
                            document,
                            field,
                            "label %s: expected text of at most %d characters (put it in quotes)"
                                    .formatted(pair.getKey(), LABEL_VALUE_MAX));
                }
            }
        }

        private void resources(
                Yaml.Document document, Kind<?, ?> kind, String pattern, String project, int problemsBefore) {
            List<NameRange.Name> names;
            try {
                names = NameRange.expand(pattern);
            } catch (BadField e) {
                problem(document, "name", String.valueOf(e.getMessage()));
                return;
            }
            if (wanted.size() + names.size() > RESOURCES_MAX) {
                problem(document, "name", "more than %d resources; split the manifest".formatted(RESOURCES_MAX));
                return;
            }
            for (var name : names) {
                checkName(document, "name", name.name());
                var key = kind.key(project, name.name());
                key(document, key);
                resource(document, kind, key, name, problemsBefore);
                if (problems.size() > problemsBefore) return;
            }
        }

        private void resource(
                Yaml.Document document, Kind<?, ?> kind, Key key, NameRange.Name name, int problemsBefore) {
            var spec = document.tree().path("spec");
            if (spec.isMissingNode()) spec = JsonNodeFactory.instance.objectNode();
            var result = SpecReader.SHARED.read(kind.spec(), name.numbers().isEmpty() ? spec : filled(spec, name));
            for (var problem : result.problems()) {
                problem(document, problem.field().isEmpty() ? "spec" : "spec." + problem.field(), problem.message());
            }
            if (problems.size() > problemsBefore) return;
            wanted.add(new Wanted(
                    key,
                    filledLabels(document.tree().path("labels"), name),
                    result.spec().orElseThrow(),
                    document.place("name")));
        }

        private void key(Yaml.Document document, Key key) {
            var earlier = seen.putIfAbsent(key, document.place("name"));
            if (earlier != null) problem(document, "name", "%s is declared twice; first at %s".formatted(key, earlier));
        }

        private void checkName(Yaml.Document document, String field, String name) {
            if (NAME.matcher(name).matches()) return;
            problem(
                    document,
                    field,
                    "%s is \"%s\"; expected lower-case letters, digits, dots and dashes in between, at most 63"
                            .formatted(field, name));
        }

        private String text(Yaml.Document document, ObjectNode object, String field) {
            var value = object.path(field);
            if (value.isString() && !value.stringValue().isEmpty()) return value.stringValue();
            if (value.isMissingNode()) problem(document, "", "%s is missing".formatted(field));
            else problem(document, field, "%s is %s; expected text (put it in quotes)".formatted(field, value));
            return "";
        }

        private void problem(Yaml.Document document, String field, String message) {
            problems.add(new ManifestRefusal.Problem(document.place(field), field, message));
        }
    }

    private static Map<String, String> filledLabels(JsonNode labels, NameRange.Name name) {
        var filled = new LinkedHashMap<String, String>();
        for (var pair : labels.properties())
            filled.put(pair.getKey(), name.fill(pair.getValue().stringValue()));
        return filled;
    }

    private static JsonNode filled(JsonNode node, NameRange.Name name) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                for (var pair : object.properties()) copy.set(pair.getKey(), filled(pair.getValue(), name));
                yield copy;
            }
            case tools.jackson.databind.node.ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                for (var item : array) copy.add(filled(item, name));
                yield copy;
            }
            case tools.jackson.databind.node.StringNode text ->
                JsonNodeFactory.instance.stringNode(name.fill(text.stringValue()));
            default -> node;
        };
    }
}
