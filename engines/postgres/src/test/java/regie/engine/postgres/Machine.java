package regie.engine.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the tests see of the machine by themselves, without the code they judge. */
final class Machine {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Machine() {}

    /** Lets the service user pass; JUnit makes its folders for their owner alone. */
    static Path opened(Path temporary) throws IOException {
        return Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Returns the pids of all processes, other than JVMs, that work in {@code folder} or name it in their arguments. */
    static List<Long> processesOf(Path folder) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> concerns(pid, folder))
                .toList();
    }

    static void awaitNoProcessOf(Path folder) throws InterruptedException {
        var deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!processesOf(folder).isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("still there: " + processesOf(folder));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Returns the memory that the server {@code pid} and its children use, shared pages counted once, in KiB. */
    static long proportionalSetSizeKiB(long pid) throws IOException {
        var server = ProcessHandle.of(pid).orElseThrow();
        long sum = proportionalSetSizeKiB(server);
        for (var child : server.descendants().toList()) {
            try {
                sum += proportionalSetSizeKiB(child);
            } catch (IOException | UncheckedIOException _) {
                // a connection's process that has ended, perhaps not yet collected by the server
            }
        }
        return sum;
    }

    private static long proportionalSetSizeKiB(ProcessHandle process) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    /** Returns the kernel's session number of {@code pid}. */
    static long session(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }

    /** Returns the first column of the first row. */
    static String ask(PostgresAddress address, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    static void tell(PostgresAddress address, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean concerns(long pid, Path folder) {
        var proc = Path.of("/proc", Long.toString(pid));
        try {
            if (Files.readSymbolicLink(proc.resolve("exe")).endsWith("java")) return false;
            var arguments = new String(Files.readAllBytes(proc.resolve("cmdline")), StandardCharsets.UTF_8);
            return arguments.contains(folder.toString())
                    || Files.readSymbolicLink(proc.resolve("cwd")).startsWith(folder);
        } catch (IOException _) {
            return false; // ended meanwhile
        }
    }
}
