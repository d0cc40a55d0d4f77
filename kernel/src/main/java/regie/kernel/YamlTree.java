package regie.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns the nodes of one YAML document into JSON, and remembers where each stood. Goes on after what is wrong with one value. */
final class YamlTree {
    private static final int ALIASES_MAX = 100;
    private static final int KEY_MAX = 256;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What all documents of a file together may use up. */
    static final class Budget {
        private int values = BoundedParser.VALUES_MAX;
        private int aliases = ALIASES_MAX;
    }

    private final String file;
    private final Budget budget;
    private final Map<String, Place> places = new HashMap<>();
    private final List<ManifestRefusal.Problem> problems = new ArrayList<>();
    private final Set<Node> collections = Collections.newSetFromMap(new IdentityHashMap<>());

    YamlTree(String file, Budget budget) {
        this.file = file;
        this.budget = budget;
    }

    /** @throws BadYaml where a bound is passed */
    Yaml.Document document(Node root) {
        return new Yaml.Document(tree(root, "", 0), new Places(places));
    }

    List<ManifestRefusal.Problem> problems() {
        return problems;
    }

    private JsonNode tree(Node node, String path, int depth) {
        var place = Yaml.place(file, node.getStartMark());
        places.putIfAbsent(path, place);
        if (depth > BoundedParser.DEPTH_MAX) throw new BadYaml(place, path, BoundedParser.tooDeep());
        if (--budget.values < 0) {
            throw new BadYaml(place, path, BoundedParser.tooMany());
        }
        return switch (node) {
            case MappingNode mapping -> mapping(once(mapping, place, path), place, path, depth);
            case SequenceNode sequence -> sequence(once(sequence, place, path), place, path, depth);
            case ScalarNode scalar -> scalar(scalar, place, path);
            default -> problem(place, path, "%s can't be read".formatted(named(path)));
        };
    }

    /** Counts what stands in the tree again and again: a few lines of aliases can stand for billions of values. */
    private <N extends Node> N once(N node, Place place, String path) {
        if (!collections.add(node) && --budget.aliases < 0) {
            throw new BadYaml(place, path, "more than %d aliases; write the values out".formatted(ALIASES_MAX));
        }
        return node;
    }

    private JsonNode mapping(MappingNode mapping, Place place, String path, int depth) {
        if (!mapping.getTag().equals(Tag.MAP)) return badTag(mapping.getTag(), place, path);
        var object = NODES.objectNode();
        for (var pair : mapping.getValue()) {
            var at = Yaml.place(file, pair.getKeyNode().getStartMark());
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                problem(at, path, "a list or mapping as a name; expected plain text before the colon");
            } else {
                field(object, key.getValue(), at, pair.getValueNode(), path, depth);
            }
        }
        return object;
    }

    private void field(ObjectNode object, String key, Place at, Node value, String path, int depth) {
        if (key.length() > KEY_MAX) {
            problem(at, path, "a name of %d characters; expected at most %d".formatted(key.length(), KEY_MAX));
            return;
        }
        if (!readable(key, at, path, "the name " + path)) return;
        var inner = path.isEmpty() ? key : path + "." + key;
        if (object.has(key)) {
            problem(at, inner, "%s stands here twice; first at %s".formatted(inner, places.get(inner)));
            return;
        }
        places.put(inner, at);
        object.set(key, tree(value, inner, depth + 1));
    }

    private JsonNode sequence(SequenceNode sequence, Place place, String path, int depth) {
        if (!sequence.getTag().equals(Tag.SEQ)) return badTag(sequence.getTag(), place, path);
        var array = NODES.arrayNode();
        for (var item : sequence.getValue()) array.add(tree(item, path + "." + array.size(), depth + 1));
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, Place place, String path) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) return NODES.nullNode();
        if (tag.equals(Tag.BOOL)) return NODES.booleanNode(text.equalsIgnoreCase("true"));
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return YamlNumber.read(text, tag.equals(Tag.INT))
                    .<JsonNode>map(number -> number)
                    .orElseGet(() -> problem(
                            place,
                            path,
                            "%s is %s; expected a number of at most %d digits"
                                    .formatted(named(path), YamlNumber.shortened(text), YamlNumber.DIGITS_MAX)));
        }
        if (!tag.equals(Tag.STR)) return badTag(tag, place, path);
        return readable(text, place, path, named(path)) ? NODES.stringNode(text) : NODES.nullNode();
    }

    /** Text as it may be stored and shown: no control characters (escapes can smuggle them in), no half characters. */
    private boolean readable(String text, Place place, String path, String what) {
        var bad = text.codePoints()
                .filter(each -> (Character.isISOControl(each) && each != '\n' && each != '\t')
                        || Character.getType(each) == Character.SURROGATE)
                .findFirst();
        if (bad.isEmpty()) return true;
        problem(
                place,
                path,
                "%s holds the character U+%04X; expected text that can be read".formatted(what, bad.getAsInt()));
        return false;
    }

    private JsonNode badTag(Tag tag, Place place, String path) {
        return problem(place, path, "%s has the tag %s; expected none".formatted(named(path), tag));
    }

    private static String named(String path) {
        return path.isEmpty() ? "the document" : path;
    }

    private JsonNode problem(Place place, String field, String message) {
        problems.add(new ManifestRefusal.Problem(place, field, message));
        return NODES.nullNode();
    }
}
