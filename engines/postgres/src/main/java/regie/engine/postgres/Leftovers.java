package regie.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Processes of an earlier life that still work in a folder: a postmaster that was told of its parent's death and is
 * still stopping, or backends that outlived their postmaster. They are known by the folder they work in together with
 * the program they run, never by name alone and never by a pid read from a file. Only the holder of the folder's lock
 * may end them.
 */
record Leftovers(Path folder, Signals signals) {
    private static final System.Logger LOG = System.getLogger(Leftovers.class.getName());

    private static final Set<String> PROGRAMS = Set.of("postgres", "initdb");

    /** How long a process may take to stop without a checkpoint, and then to vanish after SIGKILL. */
    private static final Duration ABRUPT = Duration.ofSeconds(5);

    /** Returns the processes that work in the folder now. */
    List<ProcessHandle> now() {
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    /**
     * Waits until nobody works in the folder, asking ever less gently.
     *
     * @param grace how long a fast shutdown may take
     * @throws PostgresFault where a process outlives even SIGKILL
     */
    void end(Duration grace) throws PostgresFault, IOException {
        var found = now();
        if (found.isEmpty()) return;
        LOG.log(System.Logger.Level.INFO, "Waiting for {0} of an earlier life in {1}", pids(found), folder);
        for (var process : found) {
            if (!hasParentIn(found, process)) signals.fastShutdown(process.pid());
        }
        if (allEnd(found, grace) && now().isEmpty()) return;
        for (var process : now()) signals.immediateShutdown(process.pid());
        if (allEnd(now(), ABRUPT) && now().isEmpty()) return;
        now().forEach(ProcessHandle::destroyForcibly);
        if (!allEnd(now(), ABRUPT)) {
            throw new PostgresFault(
                    PostgresFault.Reason.FOLDER,
                    "Processes %s of an earlier life still work in %s and do not end; look at what blocks them (a dead disk?)"
                            .formatted(pids(now()), folder));
        }
    }

    private boolean worksHere(ProcessHandle process) {
        var proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            // Linux appends this where the file was replaced or deleted meanwhile.
            var program = Files.readSymbolicLink(proc.resolve("exe"))
                    .getFileName()
                    .toString()
                    .replace(" (deleted)", "");
            return PROGRAMS.contains(program)
                    && Files.readSymbolicLink(proc.resolve("cwd")).startsWith(folder);
        } catch (IOException _) {
            return false; // it ended meanwhile, or belongs to another user and so is none of ours
        }
    }

    private static boolean hasParentIn(List<ProcessHandle> found, ProcessHandle process) {
        return process.parent().filter(found::contains).isPresent();
    }

    private static boolean allEnd(List<ProcessHandle> processes, Duration timeout) throws IOException {
        var ends = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for processes " + pids(processes), e);
        }
    }

    private static List<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).toList();
    }
}
