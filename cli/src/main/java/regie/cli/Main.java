package regie.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;

/** {@code regie WORD …}: carries one word out and ends with one of {@link ExitCode}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var environment = System.getenv();
        System.exit(run(arguments, Terminal.ofProcess(environment), environment));
    }

    static int run(String[] arguments, Terminal terminal, Map<String, String> environment) {
        try {
            return new Words(terminal, environment, InstantSource.system())
                    .commandLine(arguments)
                    .setOut(writer(terminal.out()))
                    .setErr(writer(terminal.err()))
                    .setParameterExceptionHandler((wrong, _) -> misused(wrong, terminal))
                    .setExecutionExceptionHandler((failure, _, _) -> failed(failure, terminal))
                    .setColorScheme(CommandLine.Help.defaultColorScheme(
                            terminal.ink().out() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                    .execute(arguments);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static int misused(CommandLine.ParameterException wrong, Terminal terminal) {
        var line = wrong.getCommandLine();
        var word = line.getCommandSpec().qualifiedName(" ");
        boolean unknown = wrong instanceof CommandLine.UnmatchedArgumentException
                && !line.getSubcommands().isEmpty();
        var message = unknown
                ? "%s has no word \"%s\"."
                        .formatted(
                                word,
                                Ink.plain(((CommandLine.UnmatchedArgumentException) wrong)
                                        .getUnmatched()
                                        .getFirst()))
                : wrong.getMessage();
        return failed(Failure.usage("%s\nHelp: %s --help".formatted(message, word)), terminal);
    }

    private static int failed(Exception failure, Terminal terminal) {
        terminal.out().flush();
        if (failure instanceof Failure known) {
            FailurePage.render(known, terminal.ink()).forEach(terminal.err()::println);
            return known.exitCode();
        }
        terminal.err().println("regie: a fault of this program; please report it with these lines:");
        failure.printStackTrace(terminal.err());
        return ExitCode.FAULT;
    }
}
