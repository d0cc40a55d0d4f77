package regie.cli;

import picocli.CommandLine.Option;

/** {@code --yes}, and the question without it. */
final class Consent {
    @Option(
            names = {"-y", "--yes"},
            description = "Don't ask.")
    private boolean yes;

    boolean given() {
        return yes;
    }

    /**
     * Asks where somebody can answer.
     *
     * @param instead what to say on the command line where nobody can
     * @throws Failure where the answer is no, or nobody is there
     */
    void ask(Terminal terminal, String question, String instead) {
        if (yes) return;
        if (!terminal.asks())
            throw Failure.usage("Nobody can be asked here, for this is no terminal. Say %s.".formatted(instead));
        if (!terminal.agreed(question))
            throw new Failure(ExitCode.DECLINED, "declined", "You said no; nothing was changed.");
    }
}
