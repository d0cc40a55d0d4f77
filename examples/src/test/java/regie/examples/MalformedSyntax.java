package regie.examples;

import java.util.List;

/** What is no YAML, or more of it than anybody means. */
final class MalformedSyntax {
    private static final String SITE = "kind: Site\nname: ber1\nspec: {country: DE, city: Berlin}\n";

    static final List<Malformed> ALL = List.of(
            new Malformed("a tab as indentation", """
                    kind: Site
                    name: ber1
                    spec:
                    \tcountry: DE
                    """, """
                    estate.yaml:4:1: this is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation) (while scanning for the next token)
                    """),
            new Malformed("a mapping that is never closed", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, city: Berlin
                    """, """
                    estate.yaml:4:1: this is not YAML: expected ',' or '}', but got <stream end> (while parsing a flow mapping that begins at line 3, column 7)
                    """),
            new Malformed("a quote that is never closed", """
                    kind: Site
                    name: "ber1
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:4:1: this is not YAML: found unexpected end of stream (while scanning a quoted scalar that begins at line 2, column 7)
                    """),
            new Malformed("a colon too many", """
                    kind: Site
                    name: ber1: the new one
                    """, """
                    estate.yaml:2:11: this is not YAML: mapping values are not allowed here
                    """),
            new Malformed("a line that is out of step", """
                    kind: Site
                    name: ber1
                    spec:
                      country: DE
                     city: Berlin
                    """, """
                    estate.yaml:5:2: this is not YAML: expected <block end>, but found '<block mapping start>' (while parsing a block mapping that begins at line 1, column 1)
                    """),
            new Malformed("a list where a mapping goes on", """
                    kind: Site
                    - name: ber1
                    """, """
                    estate.yaml:2:1: this is not YAML: expected <block end>, but found '-' (while parsing a block mapping that begins at line 1, column 1)
                    """),
            new Malformed("JSON with a comma missing", """
                    {"kind": "Site", "name": "ber1" "spec": {}}
                    """, """
                    estate.yaml:1:33: this is not YAML: expected ',' or '}', but got <scalar> (while parsing a flow mapping that begins at line 1, column 1)
                    """),
            new Malformed("a field twice", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, city: Berlin}
                    name: ber2
                    """, """
                    estate.yaml:4:1: name stands here twice; first at estate.yaml:2:1
                    """),
            new Malformed("a field of the spec twice", """
                    kind: Site
                    name: ber1
                    spec:
                      country: DE
                      city: Berlin
                      country: FR
                    """, """
                    estate.yaml:6:3: spec.country stands here twice; first at estate.yaml:4:3
                    """),
            new Malformed("an alias of nothing", """
                    kind: Site
                    name: ber1
                    spec: *usual
                    """, """
                    estate.yaml:3:7: this is not YAML: found undefined alias usual
                    """),
            new Malformed("an anchor that holds itself", """
                    kind: Site
                    name: ber1
                    spec: &spec
                      country: DE
                      city: *spec
                    """, """
                    estate.yaml:4:12: values nested deeper than 40 levels; expected fewer
                    """),
            new Malformed("an alias bomb", bomb(), """
                    estate.yaml:2:5: more than 100 aliases; write the values out
                    """),
            new Malformed("brackets without end", "spec: " + "[".repeat(100_000), """
                    estate.yaml:1:46: values nested deeper than 40 levels; expected fewer
                    """),
            new Malformed("mappings without end", nested(60), """
                    estate.yaml:41:41: values nested deeper than 40 levels; expected fewer
                    """),
            new Malformed("more values than anybody means", "[" + "1,".repeat(600_000) + "1]", """
                    estate.yaml:1:1000000: more than 500000 values; split the file
                    """),
            new Malformed("a file too large", "#" + "x".repeat(16 * 1024 * 1024), """
                    estate.yaml:1:1: 16777217 characters; expected at most 16777216; split it
                    """),
            new Malformed("a control character", "kind: Site\nname: ber1\u0007\n", """
                    estate.yaml:2:11: the character U+0007 can't stand here; expected text that can be read
                    """),
            new Malformed("an escaped control character", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, city: "Ber\\u0000lin"}
                    """, """
                    estate.yaml:3:27: spec.city holds the character U+0000; expected text that can be read
                    """),
            new Malformed("half a character", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, city: "\\ud83d"}
                    """, """
                    estate.yaml:3:27: spec.city holds the character U+D83D; expected text that can be read
                    """),
            new Malformed("a tag that would make an object", """
                    kind: Site
                    name: ber1
                    spec: !!java.net.URL {country: DE, city: Berlin}
                    """, """
                    estate.yaml:3:7: spec has the tag tag:yaml.org,2002:java.net.URL; expected none
                    """),
            new Malformed("a list as a name", """
                    kind: Site
                    name: ber1
                    spec: {[country]: DE}
                    """, """
                    estate.yaml:3:8: a list or mapping as a name; expected plain text before the colon
                    """),
            new Malformed("a name without end", "kind: Site\n? " + "k".repeat(300) + "\n: 1\n", """
                    estate.yaml:2:3: a name of 300 characters; expected at most 256
                    """),
            new Malformed("a number without end", """
                    kind: Feed
                    name: ber1-a
                    spec: {site: par1, capacityWatts: 99999999999999999999999999999999999999999999}
                    """, """
                    estate.yaml:3:35: spec.capacityWatts is 9999999999999999999999999999999999999999…; expected a number of at most 40 digits
                    """),
            new Malformed("a number beyond arithmetic", """
                    kind: Feed
                    name: ber1-a
                    spec: {site: par1, capacityWatts: 1e999999999}
                    """, """
                    estate.yaml:3:35: spec.capacityWatts is 1e999999999; expected a number of at most 40 digits
                    """),
            new Malformed(
                    "syntax broken behind a document with a problem",
                    "kind: Sit\nname: ber1\n---\n" + SITE + "  x: [\n",
                    """
                    estate.yaml:1:1: there is no kind Sit; did you mean Site?
                    estate.yaml:7:3: this is not YAML: expected <block end>, but found '<block mapping start>' (while parsing a block mapping that begins at line 4, column 1)
                    """));

    private MalformedSyntax() {}

    /** Nine levels of nine: 387 million values in ten lines. */
    private static String bomb() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level <= 9; level++) {
            text.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, ", *a".repeat(9).substring(2).replace("*a", "*a" + (level - 1))));
        }
        return text.toString();
    }

    private static String nested(int levels) {
        var text = new StringBuilder();
        for (int level = 0; level < levels; level++)
            text.append(" ".repeat(level)).append("a:\n");
        return text.toString();
    }
}
