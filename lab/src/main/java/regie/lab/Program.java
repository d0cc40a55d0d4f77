package regie.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A long-running program that ends with this JVM, however this JVM ends. Start it from a thread that lives as long. */
public final class Program implements AutoCloseable {
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log takes all that it says, on both of its outputs */
    public static Program start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        // A session of its own, so that Ctrl-C reaches the demo alone and it stops things in order.
        var whole = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "--", "setsid"));
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        return new Program(process, log);
    }

    public Path log() {
        return log;
    }

    /** Of the program itself, where it did not put another process before itself. */
    public long pid() {
        return process.pid();
    }

    /** @throws IOException where it has ended, with the end of what it said */
    public void mustRun(String name) throws IOException {
        if (process.isAlive()) return;
        throw new IOException(
                "%s ended with code %d; it said:%n%s".formatted(name, process.exitValue(), Demo.end(log)));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
