package regie.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** One reading of some documents: gathers what they want, and what is wrong with them. */
final class ManifestReading {
    private static final int RESOURCES_MAX = 50_000;
    private static final List<String> FIELDS = List.of("kind", "name", "project", "labels", "spec");
    private static final List<String> CONTENT = List.of("labels", "spec");

    private final Kinds kinds;
    private final String defaultProject;
    private final List<Wanted> wanted = new ArrayList<>();
    private final Map<Key, Place> seen = new HashMap<>();
    private final List<ManifestRefusal.Problem> problems = new ArrayList<>();

    ManifestReading(Kinds kinds, String defaultProject) {
        this.kinds = kinds;
        this.defaultProject = defaultProject;
    }

    void add(List<ManifestRefusal.Problem> found) {
        problems.addAll(found);
    }

    /** @throws Refused where there was any problem */
    List<Wanted> wanted() {
        if (!problems.isEmpty()) throw new ManifestRefusal(problems).asException();
        return wanted;
    }

    /** A document of a manifest. */
    void document(Yaml.Document document) {
        int before = problems.size();
        if (!(document.tree() instanceof ObjectNode object)) {
            notAMapping(document, "kind, name and spec");
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
        Labels.problems(object.path("labels")).forEach((field, message) -> problem(document, field, message));
        boolean noSpec = object.path("spec").isMissingNode() && problems.size() > before; // probably under a wrong name
        if (kind == null || name.isEmpty() || noSpec) return;
        var project = project(document, kind, object);
        resources(document, kind, name, project, before);
    }

    /** A document that holds labels and spec only. */
    void content(Yaml.Document document, Kind<?, ?> kind, Key key) {
        if (!(document.tree() instanceof ObjectNode object)) {
            notAMapping(document, "labels and spec");
            return;
        }
        fields(document, object, CONTENT);
        checkName(document, "name", key.name());
        if (kind.scope() == Kind.Scope.PROJECT) checkName(document, "project", key.project());
        Labels.problems(object.path("labels")).forEach((field, message) -> problem(document, field, message));
        resource(document, kind, key, new NameRange.Name(key.name(), List.of()), 0);
    }

    private void notAMapping(Yaml.Document document, String expected) {
        problem(
                document,
                "",
                "the document is %s; expected a mapping with %s".formatted(sort(document.tree()), expected));
    }

    private void fields(Yaml.Document document, ObjectNode object, List<String> known) {
        for (var field : object.propertyNames()) {
            if (!known.contains(field)) {
                problem(document, field, "%s is not known here%s".formatted(field, Nearest.hint(field, known)));
            }
        }
    }

    private String project(Yaml.Document document, Kind<?, ?> kind, ObjectNode object) {
        if (!object.has("project")) return defaultProject;
        var project = text(document, object, "project");
        if (project.isEmpty()) return project;
        if (kind.scope() == Kind.Scope.ESTATE) {
            problem(
                    document,
                    "project",
                    "project is %s; expected none, for a %s belongs to the whole estate"
                            .formatted(StringNode.valueOf(project), kind.name()));
        } else {
            checkName(document, "project", project);
        }
        return project;
    }

    private void resources(
            Yaml.Document document, Kind<?, ?> kind, String pattern, String project, int problemsBefore) {
        List<NameRange.Name> names;
        try {
            names = NameRange.expand(pattern);
        } catch (BadField e) {
            problem(document, "name", e.getMessage());
            return;
        }
        if (wanted.size() + names.size() > RESOURCES_MAX) {
            problem(document, "name", "more than %d resources; split the manifest".formatted(RESOURCES_MAX));
            return;
        }
        for (var name : names) {
            checkName(document, "name", name.name());
            var key = kind.key(project, name.name());
            checkUnseen(document, key);
            resource(document, kind, key, name, problemsBefore);
            if (problems.size() > problemsBefore) return;
        }
    }

    private void resource(Yaml.Document document, Kind<?, ?> kind, Key key, NameRange.Name name, int problemsBefore) {
        var given = document.tree().path("spec");
        var spec = given.isMissingNode() || given.isNull() ? JsonNodeFactory.instance.objectNode() : given;
        var result = SpecReader.SHARED.read(kind.spec(), name.numbers().isEmpty() ? spec : filled(spec, name));
        for (var problem : result.problems()) {
            problem(document, problem.field().isEmpty() ? "spec" : "spec." + problem.field(), problem.message());
        }
        if (problems.size() > problemsBefore) return;
        wanted.add(new Wanted(
                key,
                Labels.filled(document.tree().path("labels"), name),
                result.spec().orElseThrow(),
                document.places()));
    }

    private void checkUnseen(Yaml.Document document, Key key) {
        var earlier = seen.putIfAbsent(key, document.place("name"));
        if (earlier != null) problem(document, "name", "%s is declared twice; first at %s".formatted(key, earlier));
    }

    private void checkName(Yaml.Document document, String field, String name) {
        if (Manifests.NAME.matcher(name).matches()) return;
        problem(
                document,
                field,
                "%s is %s; expected 1 to 63 lower-case letters, digits, and dashes and dots between them%s"
                        .formatted(
                                field,
                                StringNode.valueOf(name),
                                name.contains("[") ? "; a range of names is written [01-20]" : ""));
    }

    /** The text of a field that has to be there; empty where it is not. */
    private String text(Yaml.Document document, ObjectNode object, String field) {
        var value = object.path(field);
        if (value.isString() && !value.stringValue().isEmpty()) return value.stringValue();
        if (value.isMissingNode()) {
            problem(document, "", "%s is missing; expected kind, name and spec".formatted(field));
        } else {
            var hint = value.isValueNode() && !value.isNull() && !value.isString() ? " (put it in quotes)" : "";
            problem(document, field, "%s is %s; expected text%s".formatted(field, sort(value), hint));
        }
        return "";
    }

    private static String sort(JsonNode value) {
        return switch (value) {
            case ObjectNode _ -> "a mapping";
            case ArrayNode _ -> "a list";
            case StringNode text when !text.stringValue().isEmpty() -> "text";
            default -> value.isNull() || value.isString() ? "empty" : value.toString();
        };
    }

    private void problem(Yaml.Document document, String field, String message) {
        problems.add(new ManifestRefusal.Problem(document.place(field), field, message));
    }

    private static JsonNode filled(JsonNode node, NameRange.Name name) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                for (var pair : object.properties()) copy.set(pair.getKey(), filled(pair.getValue(), name));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                for (var item : array) copy.add(filled(item, name));
                yield copy;
            }
            case StringNode text -> JsonNodeFactory.instance.stringNode(name.fill(text.stringValue()));
            default -> node;
        };
    }
}
