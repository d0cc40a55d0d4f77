package regie.examples;

import java.util.List;

/** What is no document of a manifest: kind, project and labels. */
final class MalformedDocuments {
    static final List<Malformed> ALL = List.of(
            new Malformed("a text instead of a document", """
                    apply this, please
                    """, """
                    estate.yaml:1:1: the document is text; expected a mapping with kind, name and spec
                    """),
            new Malformed("a list of documents", """
                    - {kind: Site, name: ber1, spec: {country: DE, city: Berlin}}
                    """, """
                    estate.yaml:1:1: the document is a list; expected a mapping with kind, name and spec
                    """),
            new Malformed("no kind", """
                    name: ber1
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:1:1: kind is missing; expected kind, name and spec
                    """),
            new Malformed("an unknown kind, nearly right", """
                    kind: Sever
                    name: ber1
                    """, """
                    estate.yaml:1:1: there is no kind Sever; did you mean Server?
                    """),
            new Malformed("an unknown kind, far off", """
                    kind: Deployment
                    name: ber1
                    """, """
                    estate.yaml:1:1: there is no kind Deployment; expected one of Project, Site, Rack, Feed, Server, Device, Link, Network, Flavor, Image, Keypair, SiteReserve, Reservation, Instance, Fleet
                    """),
            new Malformed("a kind in lower case", """
                    kind: site
                    name: ber1
                    """, """
                    estate.yaml:1:1: there is no kind site; did you mean Site?
                    """),
            new Malformed("a kind that is a number", """
                    kind: 7
                    name: ber1
                    """, """
                    estate.yaml:1:1: kind is 7; expected text (put it in quotes)
                    """),
            new Malformed("a field that no document has", """
                    kind: Site
                    name: ber1
                    specs: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:3:1: specs is not known here; did you mean spec?
                    """),
            new Malformed("a document of another system", """
                    apiVersion: v1
                    kind: Site
                    metadata: {name: ber1}
                    """, """
                    estate.yaml:1:1: apiVersion is not known here; expected one of kind, name, project, labels, spec
                    estate.yaml:1:1: name is missing; expected kind, name and spec
                    estate.yaml:3:1: metadata is not known here; expected one of kind, name, project, labels, spec
                    """),
            new Malformed("a project on a kind of the estate", """
                    kind: Site
                    name: ber1
                    project: shop
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:3:1: project is "shop"; expected none, for a Site belongs to the whole estate
                    """),
            new Malformed("a project with a bad name", """
                    kind: Fleet
                    name: web
                    project: My Shop
                    spec: {count: 3, template: {flavor: micro, image: micro}}
                    """, """
                    estate.yaml:3:1: project is "My Shop"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    """),
            new Malformed("a project without a name", """
                    kind: Fleet
                    name: web
                    project:
                    spec: {count: 3, template: {flavor: micro, image: micro}}
                    """, """
                    estate.yaml:3:1: project is empty; expected text
                    """),
            new Malformed("labels as a list", """
                    kind: Site
                    name: ber1
                    labels: [new, large]
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:3:1: labels is ["new","large"]; expected a mapping of names to text
                    """),
            new Malformed("a label that is no text", """
                    kind: Site
                    name: ber1
                    labels: {year: 2026, owner: null, tags: [a]}
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:3:10: labels.year is 2026; expected text (put it in quotes)
                    estate.yaml:3:22: labels.owner is empty; expected text
                    estate.yaml:3:35: labels.tags is ["a"]; expected text
                    """),
            new Malformed("a label with a bad name", """
                    kind: Site
                    name: ber1
                    labels: {"cost centre": "12", -x: y}
                    spec: {country: DE, city: Berlin}
                    """, """
                    estate.yaml:3:10: labels.cost centre: expected a name of 1 to 63 letters, digits, and _ . / - between them
                    estate.yaml:3:31: labels.-x: expected a name of 1 to 63 letters, digits, and _ . / - between them
                    """),
            new Malformed("a label too long", """
                    kind: Site
                    name: ber1
                    labels: {note: %s}
                    spec: {country: DE, city: Berlin}
                    """.formatted("x".repeat(129)), """
                    estate.yaml:3:10: labels.note is text of 129 characters; expected at most 128
                    """),
            new Malformed("labels without end", """
                    kind: Site
                    name: ber1
                    labels: {%s}
                    spec: {country: DE, city: Berlin}
                    """.formatted(pairs(33)), """
                    estate.yaml:3:1: labels has 33 pairs; expected at most 32
                    """));

    private MalformedDocuments() {}

    private static String pairs(int count) {
        var pairs = new StringBuilder();
        for (int at = 0; at < count; at++) pairs.append(at == 0 ? "" : ", ").append("l%d: x".formatted(at));
        return pairs.toString();
    }
}
