package regie.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Processes that are not this JVM's children. */
final class Processes {
    private static final long END_SECONDS_MAX = 30;

    /** Of {@code /proc/PID/stat}, counted from the state, which follows the name. */
    private static final int THREADS_FIELD = 17;

    private Processes() {}

    /**
     * Returns once {@code process} has ended, collected by its parent or not. Java itself looks only every 0.3 s and more.
     *
     * @throws IllegalStateException where it does not end in 30 s, though killed
     */
    static void awaitEnd(ProcessHandle process) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS_MAX);
        while (!hasEnded(process)) {
            if (System.nanoTime() > end)
                throw new IllegalStateException("process %d does not end".formatted(process.pid()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** Its arguments with a zero byte behind each; empty where it has ended. */
    static String commandLine(ProcessHandle process) {
        return read(process, "cmdline");
    }

    /**
     * True for one that has ended and that its parent has not collected yet, too: Java counts it as alive. One whose first
     * thread alone has ended is alive, and still has its files and sockets.
     */
    static boolean hasEnded(ProcessHandle process) {
        if (!process.isAlive()) return true;
        var stat = read(process, "stat");
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length <= THREADS_FIELD || (fields[0].equals("Z") && fields[THREADS_FIELD].equals("1"));
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException _) {
            return "";
        }
    }
}
