package regie.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where words go: standard output is the answer, standard error is everything said beside it. Text is UTF-8 whatever the locale.
 *
 * @param asks whether a human sits at standard input and sees standard error
 */
record Terminal(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, boolean asks, Ink ink) {
    private static final int BUFFER = 64 * 1024;

    static Terminal ofProcess(Map<String, String> environment) {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        boolean coloured = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                stream(FileDescriptor.out, false),
                stream(FileDescriptor.err, true),
                out,
                err,
                err && isTerminal(0),
                new Ink(out && coloured, err && coloured));
    }

    /** Asks on standard error; anything but yes is a no. */
    boolean agreed(String question) {
        out.flush();
        err.print(question + " [y/N] ");
        err.flush();
        var answer = line().orElse("").strip().toLowerCase(java.util.Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    Optional<String> line() {
        try {
            // Not closed and not buffered beyond the line's own reader: nobody reads standard input after an answer.
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean flushing) {
        var buffered = new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER);
        return new PrintStream(buffered, flushing, StandardCharsets.UTF_8);
    }

    /** Reads where the descriptor leads, which costs no class loading; elsewhere than on Linux the JDK's console decides. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    private static boolean isTerminal(int descriptor) {
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            var console = System.console();
            return console != null && console.isTerminal();
        }
    }
}
