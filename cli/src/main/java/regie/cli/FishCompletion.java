package regie.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for the fish shell: a line per word, verb and option. */
final class FishCompletion {
    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String script(String program, CommandLine root) {
        var completion = new FishCompletion(program);
        completion.lines.add("# Completion of %s for fish; made by: %s completion fish".formatted(program, program));
        completion.words(root, "__fish_use_subcommand");
        root.getSubcommands().forEach((word, line) -> completion.word(line, "__fish_seen_subcommand_from " + word));
        return String.join("\n", completion.lines);
    }

    private void word(CommandLine line, String seen) {
        var verbs = String.join(" ", line.getSubcommands().keySet());
        words(line, verbs.isEmpty() ? seen : "%s; and not __fish_seen_subcommand_from %s".formatted(seen, verbs));
        options(line, seen);
        line.getSubcommands()
                .forEach((verb, inner) ->
                        options(inner, "%s; and __fish_seen_subcommand_from %s".formatted(seen, verb)));
    }

    private void words(CommandLine line, String condition) {
        line.getSubcommands()
                .forEach((word, inner) -> lines.add("complete -c %s -f -n %s -a %s -d %s"
                        .formatted(program, quoted(condition), word, quoted(header(inner)))));
    }

    private void options(CommandLine line, String condition) {
        for (var option : line.getCommandSpec().options()) {
            var text = new StringBuilder("complete -c %s -n %s".formatted(program, quoted(condition)));
            for (var name : option.names())
                text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            if (option.arity().max() > 0) text.append(" -r");
            lines.add(text.append(" -d ").append(quoted(description(option))).toString());
        }
    }

    private static String header(CommandLine line) {
        return String.join(" ", line.getCommandSpec().usageMessage().header());
    }

    private static String description(OptionSpec option) {
        return String.join(" ", option.description());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
