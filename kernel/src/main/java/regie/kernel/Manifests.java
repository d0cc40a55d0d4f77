package regie.kernel;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads manifests: YAML or JSON documents with {@code kind}, {@code name}, {@code project}, {@code labels} and {@code spec}.
 * All problems of all documents of all files come in one refusal, each with file, line and column.
 */
public final class Manifests {
    /** A name that is also good as a host name and in a URL (RFC 1123); at most 63 characters. */
    public static final Pattern NAME =
            Pattern.compile("(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final Kinds kinds;

    public Manifests(Kinds kinds) {
        this.kinds = kinds;
    }

    /** @param file its name, for messages */
    public record Source(String file, String text) {}

    /**
     * Reads files that belong together: what stands in one may refer to another, and nothing may stand in two.
     *
     * @param project where the documents say none
     * @throws Refused with a {@link ManifestRefusal}
     */
    public List<Wanted> read(List<Source> sources, String project) {
        var reading = new ManifestReading(kinds, project);
        for (var source : sources) {
            var content = Yaml.read(source.file(), source.text());
            reading.add(content.problems());
            content.documents().forEach(reading::document);
        }
        return reading.wanted();
    }

    /** As {@link #read(List, String)}, of one file alone. */
    public List<Wanted> read(String file, String text, String project) {
        return read(List.of(new Source(file, text)), project);
    }

    /**
     * Reads what is wanted of one resource whose key is said apart, as in a URL: a document with {@code labels} and {@code spec}.
     *
     * @throws Refused with a {@link ManifestRefusal}
     */
    public Wanted body(Kind<?, ?> kind, Key key, String file, String text) {
        var document = PlainJson.read(text)
                .map(tree -> new Yaml.Document(
                        tree, Places.later(() -> Yaml.single(file, text).places())))
                .orElseGet(() -> Yaml.single(file, text));
        return content(kind, key, document);
    }

    /** As the other {@code body}, of what was read already; messages name {@code where} it stood. */
    public Wanted body(Kind<?, ?> kind, Key key, String where, JsonNode content) {
        return content(kind, key, new Yaml.Document(content, new Places(Map.of("", new Place(where, 1, 1)))));
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

    Wanted content(Kind<?, ?> kind, Key key, Yaml.Document document) {
        var reading = new ManifestReading(kinds, key.project());
        reading.content(document, kind, key);
        return reading.wanted().getFirst();
    }
}
