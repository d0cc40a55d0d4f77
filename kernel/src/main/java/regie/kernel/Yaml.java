package regie.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads YAML 1.2, and with it JSON, into trees that remember where each value stood. Size, depth and aliases are bounded. */
final class Yaml {
    static final int CHARACTERS_MAX = 16 * 1024 * 1024;
    private static final int DEPTH_MAX = 40;
    private static final int VALUES_MAX = 500_000;
    private static final int DIGITS_MAX = 40;
    private static final int EXPONENT_MAX = 300;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** @param places where each value stands, by its path with dots, such as {@code spec.disks.0.sizeGiB}; the root is "" */
    record Document(JsonNode tree, Map<String, Place> places) {
        /** Of the value, or of the nearest one around it. */
        Place place(String path) {
            for (var at = path; ; at = at.substring(0, at.lastIndexOf('.'))) {
                var place = places.get(at);
                if (place != null) return place;
                if (at.lastIndexOf('.') < 0) return Check.present(places.get(""));
            }
        }
    }

    private final String file;
    private int values;

    private Yaml(String file) {
        this.file = file;
    }

    /**
     * All documents of {@code text}; empty ones are left out.
     *
     * @throws Refused with a {@link ManifestRefusal} that names the place
     */
    static List<Document> read(String file, String text) {
        var reader = new Yaml(file);
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setCodePointLimit(CHARACTERS_MAX)
                .setMaxAliasesForCollections(100)
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .build();
        var documents = new ArrayList<Document>();
        try {
            var nodes =
                    new Composer(settings, reader.shallow(new ParserImpl(settings, new StreamReader(settings, text))));
            while (nodes.hasNext()) {
                var node = nodes.next();
                var places = new HashMap<String, Place>();
                var tree = reader.tree(node, "", 0, places);
                if (!tree.isNull()) documents.add(new Document(tree, places));
            }
        } catch (MarkedYamlEngineException e) {
            throw reader.refusal(e.getProblemMark().map(reader::place).orElse(new Place(file, 1, 1)), e.getProblem());
        } catch (YamlEngineException e) {
            throw reader.refusal(new Place(file, 1, 1), String.valueOf(e.getMessage()));
        }
        return documents;
    }

    private ShallowParser shallow(ParserImpl parser) {
        return new ShallowParser(
                parser,
                DEPTH_MAX,
                event -> refusal(
                        event.getStartMark().map(this::place).orElse(new Place(file, 1, 1)),
                        "nested deeper than %d levels".formatted(DEPTH_MAX)));
    }

    /** The only document of {@code text}; an empty mapping where there is none. */
    static Document single(String file, String text) {
        var documents = read(file, text);
        if (documents.size() > 1) {
            throw new Yaml(file).refusal(documents.get(1).place(""), "expected one document; this is the second");
        }
        if (documents.isEmpty()) return new Document(NODES.objectNode(), Map.of("", new Place(file, 1, 1)));
        return documents.getFirst();
    }

    private JsonNode tree(Node node, String path, int depth, Map<String, Place> places) {
        var place = node.getStartMark().map(this::place).orElse(new Place(file, 1, 1));
        if (depth > DEPTH_MAX) throw refusal(place, "nested deeper than %d levels".formatted(DEPTH_MAX));
        if (++values > VALUES_MAX) throw refusal(place, "more than %d values".formatted(VALUES_MAX));
        places.put(path, place);
        return switch (node) {
            case MappingNode mapping -> {
                var object = NODES.objectNode();
                for (var pair : mapping.getValue()) {
                    var key = key(pair.getKeyNode(), place);
                    var inner = path.isEmpty() ? key : path + "." + key;
                    if (object.has(key)) {
                        throw refusal(
                                pair.getKeyNode()
                                        .getStartMark()
                                        .map(this::place)
                                        .orElse(place),
                                "%s stands here twice; first at %s".formatted(key, places.get(inner)));
                    }
                    object.set(key, tree(pair.getValueNode(), inner, depth + 1, places));
                    pair.getKeyNode().getStartMark().ifPresent(mark -> places.put(inner, place(mark)));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                var array = NODES.arrayNode();
                for (var item : sequence.getValue()) {
                    array.add(tree(item, path + "." + array.size(), depth + 1, places));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar, place);
            default -> throw refusal(place, "an anchor that holds itself");
        };
    }

    private String key(Node key, Place place) {
        if (key instanceof ScalarNode scalar) {
            return readable(
                    scalar.getValue(), key.getStartMark().map(this::place).orElse(place));
        }
        throw refusal(key.getStartMark().map(this::place).orElse(place), "a key has to be plain text");
    }

    private JsonNode scalar(ScalarNode scalar, Place place) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        try {
            if (tag.equals(Tag.NULL)) return NODES.nullNode();
            if (tag.equals(Tag.BOOL))
                return NODES.booleanNode(Boolean.parseBoolean(text.toLowerCase(java.util.Locale.ROOT)));
            if (tag.equals(Tag.INT)) return NODES.numberNode(integer(text));
            if (tag.equals(Tag.FLOAT)) return NODES.numberNode(decimal(text));
        } catch (NumberFormatException e) {
            throw refusal(place, "%s is no number that can be used here".formatted(shortened(text)));
        }
        if (tag.equals(Tag.STR)) return NODES.stringNode(readable(text, place));
        throw refusal(place, "the tag %s is not known here".formatted(tag));
    }

    /** Text as it may be stored and shown: no control characters (escapes can smuggle them in), no half characters. */
    private String readable(String text, Place place) {
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            boolean control = Character.isISOControl(character) && character != '\n' && character != '\t';
            if (control || Character.getType(character) == Character.SURROGATE) {
                throw refusal(place, "the text holds the character U+%04X, which can't be used".formatted(character));
            }
            at += Character.charCount(character);
        }
        return text;
    }

    private static String shortened(String text) {
        return text.length() <= DIGITS_MAX ? text : text.substring(0, DIGITS_MAX) + "…";
    }

    /** With an exponent that no arithmetic chokes on. */
    private static BigDecimal decimal(String text) {
        if (text.length() > DIGITS_MAX) throw new NumberFormatException();
        var number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > EXPONENT_MAX) throw new NumberFormatException();
        return number;
    }

    private static BigInteger integer(String text) {
        if (text.length() > DIGITS_MAX) throw new NumberFormatException();
        if (text.startsWith("0x")) return new BigInteger(text.substring(2), 16);
        if (text.startsWith("0o")) return new BigInteger(text.substring(2), 8);
        return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Refused refusal(Place place, String message) {
        return new ManifestRefusal(List.of(new ManifestRefusal.Problem(place, "", message))).asException();
    }
}
