package regie.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How a question that is no list of resources is answered: as a page to read, or as the room has it. */
final class Answering {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table (the default), json or yaml.")
    private Output output = Output.TABLE;

    enum Output {
        TABLE,
        JSON,
        YAML
    }

    /** @param page what a table of the answer looks like, line by line */
    void print(Session session, String path, Function<JsonNode, List<String>> page) {
        var room = session.room();
        var out = session.terminal().out();
        switch (output) {
            case TABLE -> page.apply(room.get(path)).forEach(out::println);
            case JSON -> out.println(Json.pretty(room.get(path)));
            case YAML -> out.print(room.yaml(path));
        }
    }
}
