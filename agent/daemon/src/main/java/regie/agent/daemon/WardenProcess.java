package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.agent.contract.Hypervisor.Ending;

/**
 * A warden that is a process of its own and outlives this one: the script {@code warden.pl}. At most one looks at a board; starting
 * another is harmless, and so a new agent takes over the one that it finds.
 */
final class WardenProcess implements Warden {
    private static final Logger LOG = System.getLogger("regie.agent.lease");
    private static final long MISSING_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int START_SECONDS = 5;
    /** Its exit code where another one looks already. */
    private static final int RUNS_ALREADY = 3;

    private final Path folder;
    private final Board board;
    private final Ending.OfProcesses processes;
    private Optional<Set<UUID>> written = Optional.empty();

    WardenProcess(Path folder, Board board, Ending.OfProcesses processes) {
        this.folder = folder;
        this.board = board;
        this.processes = processes;
    }

    @Override
    public synchronized void keep(long now) throws IOException {
        if (watches(now)) return;
        var file = board.file().orElseThrow();
        var script = folder.resolve("warden.pl");
        SafeFile.write(script, source(), false);
        var started = new ProcessBuilder(List.of("perl", script.toString(), folder.toString(), file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        started.getOutputStream().close();
        try {
            if (!started.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                started.destroyForcibly();
                throw new IOException("the warden did not start in %d s".formatted(START_SECONDS));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the warden was started", interrupted);
        }
        switch (started.exitValue()) {
            case 0 -> LOG.log(Level.INFO, "a warden watches over the guests by {0}", file);
            case RUNS_ALREADY -> LOG.log(Level.WARNING, "the warden of {0} does not look at it", file);
            default ->
                throw new IOException("the warden ended with code %d; %s says why"
                        .formatted(started.exitValue(), folder.resolve("log")));
        }
    }

    @Override
    public boolean watches(long now) {
        return Math.abs(now - board.alive()) < MISSING_NANOS;
    }

    @Override
    public synchronized Set<UUID> guests() throws IOException {
        if (written.isEmpty()) {
            var file = folder.resolve("guests");
            try (var lines = Files.exists(file) ? Files.lines(file) : Stream.<String>empty()) {
                written = Optional.of(lines.map(line -> UUID.fromString(line.substring(0, line.indexOf(' '))))
                        .collect(Collectors.toUnmodifiableSet()));
            }
        }
        return written.get();
    }

    @Override
    public synchronized void guests(Set<UUID> guests) throws IOException {
        if (guests.equals(guests())) return;
        var lines = new StringBuilder();
        for (var each : new TreeSet<>(guests))
            lines.append(each).append(' ').append(processes.processId(each)).append('\n');
        SafeFile.write(folder.resolve("guests"), lines.toString().getBytes(StandardCharsets.UTF_8), false);
        written = Optional.of(Set.copyOf(guests));
    }

    private static byte[] source() throws IOException {
        try (var source = WardenProcess.class.getResourceAsStream("warden.pl")) {
            if (source == null) throw new IllegalStateException("the resource warden.pl is missing");
            return source.readAllBytes();
        }
    }
}
