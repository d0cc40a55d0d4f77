package regie.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The words behind {@code regie doctor}. */
record Arguments(boolean json, boolean deep, boolean help, Optional<Path> data) {
    static final String USAGE = """
            Usage: regie doctor [-o table|json] [--deep] [--data FOLDER]

            What this machine can do: each row is ok, degraded or missing, and a row that is not ok has its remedy below
            it. Rows for `room` are what the control room needs, rows for `host` what a server needs to run machines.
            Nothing is changed: what has to be tried is tried in namespaces that vanish.

              -o table|json    for people or for programs; table where it is left out
              --deep           boots a kernel under KVM and under emulation, for proof; takes some seconds
              --data FOLDER    the control room's folder; /var/lib/regie as root, else ~/.local/share/regie

            Exit codes: 0 the control room can run here, 1 it misses something, 64 wrong usage.
            """;

    /** Says what is wrong with the words. */
    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message);
        }
    }

    static Arguments parse(List<String> words) throws Wrong {
        boolean json = false;
        boolean deep = false;
        boolean help = false;
        Optional<Path> data = Optional.empty();
        for (var word = words.iterator(); word.hasNext(); ) {
            switch (word.next()) {
                case "-o" -> json = isJson(word.hasNext() ? word.next() : "");
                case "--deep" -> deep = true;
                case "--data" -> {
                    if (!word.hasNext()) throw new Wrong("--data wants a folder");
                    data = Optional.of(Path.of(word.next()).toAbsolutePath());
                }
                case "--help", "-h" -> help = true;
                case String other -> throw new Wrong("%s is not known here".formatted(other));
            }
        }
        return new Arguments(json, deep, help, data);
    }

    private static boolean isJson(String form) throws Wrong {
        return switch (form) {
            case "json" -> true;
            case "table" -> false;
            default -> throw new Wrong("-o wants table or json, not \"%s\"".formatted(form));
        };
    }

    /** The same folder as that of the control room's settings. */
    Path folder(Machine machine) {
        return data.orElseGet(() -> machine.isRoot()
                ? Path.of("/var/lib/regie")
                : Path.of(System.getProperty("user.home"), ".local", "share", "regie"));
    }
}
