package regie.server;

import regie.kernel.SpecSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The page that tells every setting, made of the record itself. */
final class SettingsPage {
    private static final String HEAD = """
            # Settings

            `./regie up --config FILE` reads them from a YAML file; without one, everything is as the defaults say. What is not
            known here is refused with its place in the file and the name that was probably meant, as is a value out of range.
            (This page is made of the program's own record: `./regie golden` rewrites it.)

            ```yaml
            data: /srv/regie
            database: {connections: 20}
            api:
              listen: 10.0.0.5:7070
              certificateFile: /etc/regie/api.pem
              keyFile: /etc/regie/api.key
            ```

            | setting | default | meaning |
            |---|---|---|
            """;

    private static final String TAIL = """

            ## Beside the settings

            * `operator.token` in the data folder: the token that the first start made, readable by its owner alone. Only its
              checksum is in the database. `./regie up --new-operator-token` makes another and revokes the first.
            * Standard output gets one line, `ready URL in SECONDS s`; standard error gets the log.
            * SIGTERM and SIGINT stop it in order: no new requests, those under way to their end (ten seconds at most), then
              the loops, then the database.
            * Exit codes: 0 stopped as asked, 64 wrong usage, 69 something it needs is not there, 70 a mistake of ours,
              78 a setting is wrong.
            """;

    private final StringBuilder rows = new StringBuilder();

    static String text() {
        var page = new SettingsPage();
        page.rows("", SpecSchema.of(Settings.class));
        return HEAD + page.rows + TAIL;
    }

    private void rows(String prefix, ObjectNode schema) {
        for (var property : schema.withObjectProperty("properties").properties()) {
            var name = prefix + property.getKey();
            var of = property.getValue();
            if (of.has("properties")) {
                rows(name + ".", (ObjectNode) of);
                continue;
            }
            rows.append("| `%s` | %s | %s%s |\n"
                    .formatted(name, otherwise(of), of.path("description").asString(), range(of)));
        }
    }

    private static String otherwise(JsonNode of) {
        var value = of.path("default");
        if (value.isMissingNode()) return "";
        return "`" + (value.isValueNode() ? value.asString() : value.toString()) + "`";
    }

    private static String range(JsonNode of) {
        return of.has("minimum")
                ? " From %s to %s."
                        .formatted(
                                of.path("minimum").asString(),
                                of.path("maximum").asString())
                : "";
    }
}
