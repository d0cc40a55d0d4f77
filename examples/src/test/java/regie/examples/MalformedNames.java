package regie.examples;

import java.util.List;

/** Names that can't be, and ranges of them. */
final class MalformedNames {
    static final List<Malformed> ALL = List.of(
            new Malformed("no name", """
                    kind: Site
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:1:1: name is missing; expected kind, name and spec
                    """),
            new Malformed("an empty name", """
                    kind: Site
                    name: ""
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:2:1: name is empty; expected text
                    """),
            new Malformed("a name that is a number", """
                    kind: Site
                    name: 42
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:2:1: name is 42; expected text (put it in quotes)
                    """),
            new Malformed("a name in upper case", """
                    kind: Site
                    name: BER1
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:2:1: name is "BER1"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    """),
            new Malformed("a name with a slash", """
                    kind: Site
                    name: ../etc/passwd
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:2:1: name is "../etc/passwd"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    """),
            new Malformed("a name that ends in a newline", """
                    kind: Site
                    name: "ber1\\n"
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:2:1: name is "ber1\\n"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    """),
            new Malformed("a name with nothing between two dots", """
                    kind: Site
                    name: ber1..example
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:2:1: name is "ber1..example"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    """),
            new Malformed("a name too long", """
                    kind: Site
                    name: %s
                    spec: {country: DE, city: Berlin}
                    """.formatted("b".repeat(64)), """
                    estate.yaml:2:1: name is "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    """),
            new Malformed("a range too long to be a name", """
                    kind: Site
                    name: %s-[1-2]
                    spec: {country: DE, city: Berlin}
                    """.formatted("b".repeat(62)), """
                    estate.yaml:2:1: name is "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-1"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    """),
            new Malformed("a range that runs backwards", """
                    kind: Rack
                    name: par1-r[20-01]
                    spec: {site: par1}
                    """, """
                    estate.yaml:2:1: name is par1-r[20-01]; expected a range that runs upward: [01-20]
                    """),
            new Malformed("a range without an end", """
                    kind: Rack
                    name: par1-r[01-
                    spec: {site: par1}
                    """, """
                    estate.yaml:2:1: name is "par1-r[01-"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them; a range of names is written [01-20]
                    """),
            new Malformed("a range of letters", """
                    kind: Rack
                    name: par1-r[a-f]
                    spec: {site: par1}
                    """, """
                    estate.yaml:2:1: name is "par1-r[a-f]"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them; a range of names is written [01-20]
                    """),
            new Malformed("a range of too many names", """
                    kind: Rack
                    name: par1-r[1-20001]
                    spec: {site: par1}
                    """, """
                    estate.yaml:2:1: name is par1-r[1-20001]; expected at most 20000 names, not 20001
                    """),
            new Malformed("ranges of too many names together", """
                    kind: Rack
                    name: r[1-200]-[1-200]
                    spec: {site: par1}
                    """, """
                    estate.yaml:2:1: name is r[1-200]-[1-200]; expected at most 20000 names, not 40000
                    """),
            new Malformed("too many ranges", """
                    kind: Rack
                    name: r[1-1][1-1][1-1][1-1][1-1][1-1][1-1][1-1][1-1][1-1]
                    spec: {site: par1}
                    """, """
                    estate.yaml:2:1: name is r[1-1][1-1][1-1][1-1][1-1][1-1][1-1][1-1][1-1][1-1]; expected at most 9 ranges
                    """),
            new Malformed("too many resources in all", """
                    {kind: Project, name: "a[1-20000]"}
                    ---
                    {kind: Project, name: "b[1-20000]"}
                    ---
                    {kind: Project, name: "c[1-20000]"}
                    """, """
                    estate.yaml:5:17: more than 50000 resources; split the manifest
                    """),
            new Malformed("a name twice", """
                    kind: Rack
                    name: par1-r01
                    spec: {site: par1}
                    ---
                    kind: Rack
                    name: par1-r01
                    spec: {site: par1}
                    """, """
                    estate.yaml:6:1: rack/par1-r01 is declared twice; first at estate.yaml:2:1
                    """),
            new Malformed("a name that a range before has", """
                    kind: Rack
                    name: par1-r[01-09]
                    spec: {site: par1}
                    ---
                    kind: Rack
                    name: par1-r05
                    spec: {site: par1}
                    """, """
                    estate.yaml:6:1: rack/par1-r05 is declared twice; first at estate.yaml:2:1
                    """));

    private MalformedNames() {}
}
