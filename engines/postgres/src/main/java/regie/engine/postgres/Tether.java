package regie.engine.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ties a program's life to this JVM's: when the JVM dies, in whatever way, the kernel sends the program SIGINT, which
 * PostgreSQL takes as a fast shutdown.
 *
 * <p>The chain of programs, each replacing the one before so that the pid stays the same: {@code setsid} takes it out of
 * the terminal's process group, or Ctrl-C would stop the database before the room; {@code setpriv} switches the user
 * and asks for the signal; {@code sh} ends if the JVM had died before the signal was asked for.
 */
final class Tether {
    private static final String GO_IF_PARENT_LIVES = "test \"$PPID\" = \"$0\" && exec \"$@\"";

    private Tether() {}

    /** Returns how to start {@code program} in {@code workingFolder} with nothing of this JVM's environment. */
    static ProcessBuilder builder(ServiceUser user, String program, List<String> arguments, Path workingFolder) {
        var command = new ArrayList<String>();
        command.addAll(List.of("/bin/sh", "-c", GO_IF_PARENT_LIVES));
        command.add(Long.toString(ProcessHandle.current().pid()));
        command.add(program);
        command.addAll(arguments);

        var whole = new ArrayList<String>();
        whole.add("setsid");
        whole.addAll(user.command(List.of("--pdeathsig", "INT"), command));
        var builder = new ProcessBuilder(whole).directory(workingFolder.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }
}
