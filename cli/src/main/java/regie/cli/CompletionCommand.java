package regie.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        header = "Prints a script that completes words and options in your shell.",
        description = {
            "",
            "  source <(regie completion bash)                                 in ~/.bashrc",
            "  source <(regie completion zsh)                                  in ~/.zshrc",
            "  regie completion fish > ~/.config/fish/completions/regie.fish",
            ""
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Supplier<CommandLine> words;

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    CompletionCommand(Terminal terminal, Supplier<CommandLine> words) {
        this.terminal = terminal;
        this.words = words;
    }

    @Override
    public Integer call() {
        var script = switch (shell) {
            // The one script knows both: it loads zsh's bash completion by itself.
            case BASH, ZSH -> AutoComplete.bash("regie", words.get());
            case FISH -> FishCompletion.script("regie", words.get());
        };
        terminal.out().println(script);
        return ExitCode.OK;
    }
}
