package regie.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        header = "Lists what there is of a kind.",
        description = {
            "",
            "  regie get fleets                    of your project",
            "  regie get instances -A -o wide      of all projects, with more columns",
            "  regie get servers -l rack=r1        those with a label",
            "  regie get instances --where status.stage=failed --sort -createdAt",
            "                                      by what `regie explain instance` lists, newest first",
            "  regie get fleet web -o yaml         as a manifest, to apply again",
            "  regie get instances -w              and again, line by line, as they change",
            "  regie get servers -o name | xargs … for scripts",
            ""
        })
final class GetCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "KIND", description = "Such as fleet or fleets; `regie kinds` lists them.")
    private String kind = "";

    @Parameters(index = "1..*", paramLabel = "NAME", description = "Only these.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "Only those with this label. May be given more than once: all must fit.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = {
                "Only those of which it is true, such as spec.count>=3; also =, !=, <, <=, >",
                "and ~ (contains). May be given more than once: all must hold."
            })
    private List<String> where = new ArrayList<>();

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "In order of this field; with - before it downwards. By name where left out.")
    private Optional<String> sort = Optional.empty();

    @Option(
            names = {"-A", "--all-projects"},
            description = "Of all projects.")
    private boolean everywhere;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table (the default), wide, json, yaml or name.")
    private Output output = Output.TABLE;

    @Option(
            names = {"-w", "--watch"},
            description = "Goes on showing what changes, until Ctrl-C. For table, wide and name.")
    private boolean watch;

    enum Output {
        TABLE,
        WIDE,
        JSON,
        YAML,
        NAME
    }

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!names.isEmpty() && (everywhere || !labels.isEmpty() || !where.isEmpty() || sort.isPresent()))
            throw Failure.usage(
                    "Names and -A, -l, --where or --sort don't go together: a name stands for one resource of one project.");
        if (watch && (output == Output.JSON || output == Output.YAML))
            throw Failure.usage("-w shows lines; for changes as JSON use: regie watch KIND -o json");
        var room = session.room();
        var entry = session.kinds(room).named(kind);
        var project = everywhere ? Optional.<String>empty() : Optional.of(session.project());
        var listing = new Listing(room, entry, project, new Narrowing(labels, where, sort));
        switch (output) {
            case JSON -> listing.json(names).forEach(session.terminal().out()::println);
            case YAML -> listing.yaml(names).forEach(session.terminal().out()::print);
            default -> new LiveTable(session, listing, names, output).print(watch);
        }
        return ExitCode.OK;
    }
}
