package regie.doctor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code regie doctor}; see {@link Arguments#USAGE}. */
public final class Main {
    static final int OK = 0;
    static final int NOT_READY = 1;
    static final int WRONG_USAGE = 64;

    private Main() {}

    public static void main(String[] words) throws InterruptedException {
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        int code = run(List.of(words), System.getenv(), out);
        out.flush();
        System.exit(code);
    }

    static int run(List<String> words, Map<String, String> environment, PrintStream out) throws InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (Arguments.Wrong e) {
            System.err.println("regie doctor: " + e.getMessage() + "\n\n" + Arguments.USAGE);
            return WRONG_USAGE;
        }
        if (arguments.help()) {
            out.print(Arguments.USAGE);
            return OK;
        }
        var machine = Machine.here();
        var pins = new Pins(Path.of(System.getProperty("regie.root", "")).toAbsolutePath());
        var rows =
                new Examination(machine, pins, cache(environment), arguments.folder(machine), arguments.deep()).rows();
        out.print(arguments.json() ? Page.json(rows) : Page.table(rows, isColoured(environment)));
        return rows.stream().anyMatch(Row::keepsRoomFromRunning) ? NOT_READY : OK;
    }

    /** The folder CACHE of ./regie. */
    private static Path cache(Map<String, String> environment) {
        var told = environment.getOrDefault("XDG_CACHE_HOME", "");
        var parent = told.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(told);
        return parent.resolve("regie");
    }

    private static boolean isColoured(Map<String, String> environment) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb")) {
            return false;
        }
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
