package regie.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The process that holds a host's namespaces. However it dies, the kernel kills all that runs in them; and it dies with
 * this JVM.
 *
 * <p>The chain of programs, each replacing the one before: {@code setpriv} asks the kernel for SIGKILL at the parent's
 * death, {@code sh} ends if the JVM had died before that was asked for, {@code unshare} makes the namespaces and, as
 * their holder, one child: the host's first process.
 */
final class SandboxRoot {
    private static final String GO_IF_PARENT_LIVES = "test \"$PPID\" = \"$0\" && exec \"$@\"";

    private final Process holder;
    private final ProcessHandle first;

    private SandboxRoot(Process holder, ProcessHandle first) {
        this.holder = holder;
        this.first = first;
    }

    static SandboxRoot start(SandboxSettings settings) throws IOException {
        Files.createDirectories(settings.cache());
        Files.createDirectories(settings.log().getParent());
        var script = script();
        try {
            var holder = startFromThreadThatStays(new ProcessBuilder(command(script, settings))
                    .redirectError(settings.log().toFile()));
            return awaitReady(holder, settings);
        } finally {
            Files.delete(script);
        }
    }

    ProcessHandle first() {
        return first;
    }

    boolean alive() {
        return holder.isAlive();
    }

    /** Returns once nothing runs in the namespaces any more. */
    void kill() {
        holder.destroyForcibly();
        // The first process ends only after the kernel has ended all others of its namespace.
        Processes.awaitEnd(first);
        Processes.awaitEnd(holder.toHandle());
    }

    private static List<String> command(Path script, SandboxSettings settings) {
        return List.of(
                "setpriv",
                "--pdeathsig",
                "KILL",
                "sh",
                "-c",
                GO_IF_PARENT_LIVES,
                Long.toString(ProcessHandle.current().pid()),
                "unshare",
                "--net",
                "--mount",
                "--pid",
                "--propagation",
                "private",
                "--mount-proc",
                "--fork",
                "--kill-child=KILL",
                "sh",
                script.toString(),
                settings.far(),
                UUID.randomUUID().toString(),
                settings.cache().toString());
    }

    private static Path script() throws IOException {
        var file = Files.createTempFile("regie-host", ".sh");
        try (var source = SandboxRoot.class.getResourceAsStream("host.sh")) {
            if (source == null) throw new IllegalStateException("the resource host.sh is missing");
            Files.write(file, source.readAllBytes());
        }
        return file;
    }

    /** Linux ties the death signal to the parent's <em>thread</em>: one thread starts the process and stays with it. */
    private static Process startFromThreadThatStays(ProcessBuilder builder) throws IOException {
        var started = new CompletableFuture<Process>();
        Thread.ofPlatform().daemon().name("sandbox-parent").start(() -> {
            try {
                var process = builder.start();
                started.complete(process);
                process.onExit().join();
            } catch (IOException trouble) {
                started.completeExceptionally(trouble);
            }
        });
        try {
            return started.join();
        } catch (CompletionException failed) {
            throw new IOException("the host could not be started: " + failed.getMessage(), failed);
        }
    }

    private static SandboxRoot awaitReady(Process holder, SandboxSettings settings) throws IOException {
        holder.getOutputStream().close();
        var said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8)).readLine();
        var first = holder.children().findFirst();
        if (!"ready".equals(said) || first.isEmpty()) {
            holder.destroyForcibly();
            throw new IOException("host %s did not start: %s"
                    .formatted(settings.name(), Files.readString(settings.log()).strip()));
        }
        return new SandboxRoot(holder, first.get());
    }
}
