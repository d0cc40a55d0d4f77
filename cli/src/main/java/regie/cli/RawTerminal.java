package regie.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The terminal without echo and line editing, every key as it is typed; as it was when closed, also where the program is ended. */
final class RawTerminal implements AutoCloseable {
    private final String before;
    private final Thread atExit = new Thread(this::restore, "restore-terminal");

    private RawTerminal(String before) {
        this.before = before;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static RawTerminal open() {
        var raw = new RawTerminal(stty("-g"));
        stty("raw", "-echo");
        return raw;
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program is ending: the hook is at work, and restoring twice is restoring once.
        }
    }

    private void restore() {
        stty(before);
    }

    /** @return what it printed */
    private static String stty(String... arguments) {
        var command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() == 0) return text;
        } catch (IOException e) {
            // Said below: there is no stty.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Failure(ExitCode.FAULT, "terminal-unknown", "stty can't set this terminal; a console needs one.");
    }
}
