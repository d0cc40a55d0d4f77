package regie.cli;

import tools.jackson.databind.JsonNode;

/** How changes are printed. */
enum ChangesOutput {
    TEXT,
    JSON;

    void print(JsonNode changes, Terminal terminal) {
        switch (this) {
            case TEXT -> ChangesPage.render(changes, terminal.ink()).forEach(terminal.out()::println);
            case JSON -> terminal.out().println(Json.pretty(changes));
        }
    }
}
