package regie.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads YAML 1.2, and with it JSON, into trees that remember where each value stood. Size, depth and aliases are bounded. */
final class Yaml {
    static final int CHARACTERS_MAX = 16 * 1024 * 1024;

    record Document(JsonNode tree, Places places) {
        Place place(String path) {
            return places.find(path).orElseThrow(() -> Check.failed("a document stands somewhere"));
        }
    }

    /**
     * @param documents those that could be read, without empty ones; where the syntax broke, what stood before
     * @param problems what keeps the others from being read
     */
    record Content(List<Document> documents, List<ManifestRefusal.Problem> problems) {}

    private Yaml() {}

    static Content read(String file, String text) {
        var problems = new ArrayList<ManifestRefusal.Problem>();
        var documents = new ArrayList<Document>();
        var budget = new YamlTree.Budget();
        try {
            if (text.length() > CHARACTERS_MAX) {
                throw new BadYaml(
                        new Place(file, 1, 1),
                        "",
                        "%d characters; expected at most %d; split it".formatted(text.length(), CHARACTERS_MAX));
            }
            var nodes = composer(file, text);
            while (nodes.hasNext()) {
                var tree = new YamlTree(file, budget);
                var document = tree.document(nodes.next());
                problems.addAll(tree.problems());
                if (tree.problems().isEmpty() && !document.tree().isNull()) documents.add(document);
            }
        } catch (BadYaml e) {
            problems.add(e.problem());
        } catch (MarkedYamlEngineException e) {
            problems.add(new ManifestRefusal.Problem(place(file, e.getProblemMark()), "", message(e)));
        } catch (ReaderException e) {
            problems.add(new ManifestRefusal.Problem(
                    place(file, text, e.getPosition()),
                    "",
                    "the character U+%04X can't stand here; expected text that can be read"
                            .formatted(e.getCodePoint())));
        } catch (YamlEngineException e) {
            problems.add(new ManifestRefusal.Problem(new Place(file, 1, 1), "", "this is not YAML: " + e.getMessage()));
        }
        return new Content(documents, problems);
    }

    /**
     * The only document of {@code text}; an empty mapping where there is none.
     *
     * @throws Refused with a {@link ManifestRefusal} that names the places
     */
    static Document single(String file, String text) {
        var content = read(file, text);
        if (!content.problems().isEmpty()) throw new ManifestRefusal(content.problems()).asException();
        var documents = content.documents();
        if (documents.size() > 1) {
            var problem = new ManifestRefusal.Problem(
                    documents.get(1).place(""), "", "a second document; expected one alone");
            throw new ManifestRefusal(List.of(problem)).asException();
        }
        if (documents.isEmpty()) {
            return new Document(JsonNodeFactory.instance.objectNode(), new Places(Map.of("", new Place(file, 1, 1))));
        }
        return documents.getFirst();
    }

    static Place place(String file, Optional<Mark> mark) {
        return mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Place(file, 1, 1));
    }

    private static Composer composer(String file, String text) {
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setCodePointLimit(CHARACTERS_MAX)
                // Bounded and refused by us, with a better word and a place.
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setAllowNonScalarKeys(true)
                .build();
        return new Composer(
                settings, new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)), file));
    }

    private static Place place(String file, String text, int codePoints) {
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
        return new Place(file, line, text.codePointCount(lineStart, end) + 1);
    }

    /** The library's own words, which name what it was reading and where that began. */
    private static String message(MarkedYamlEngineException e) {
        var began = e.getContextMark()
                .map(mark -> " that begins at line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse("");
        var context =
                e.getContext() == null || e.getContext().isBlank() ? "" : " (%s%s)".formatted(e.getContext(), began);
        return "this is not YAML: " + e.getProblem() + context;
    }
}
