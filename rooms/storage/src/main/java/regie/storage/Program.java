package regie.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import regie.kernel.Fault;

/** Another program, run once, within bounds. */
final class Program {
    private static final int OUTPUT_MAX = 1 << 20;

    private Program() {}

    /** @param code negative-free exit code; 128 and the signal's number where it was killed */
    record Outcome(int code, String output, String errors) {
        /** What it said first of its trouble, without its own name and the names of files. */
        String firstLine(String otherwise) {
            return errors.lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .map(line -> line.replaceAll("'[^']*/[^']*'", "the file").replaceAll("/\\S+", "the file"))
                    .map(line -> line.replaceFirst("^qemu-img: ", "").replaceAll("[^\\x20-\\x7e]", "?"))
                    .map(line -> line.length() > 200 ? line.substring(0, 200) : line)
                    .orElse(otherwise);
        }
    }

    /** @throws Fault where it can't be started, or is not done in time */
    static Outcome run(List<String> command, Duration patience) {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin"));
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var process = builder.start();
            try {
                process.getOutputStream().close();
                var output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), readers);
                var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), readers);
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new Fault("%s is not done after %d s".formatted(command, patience.toSeconds()));
                }
                return new Outcome(process.exitValue(), output.join(), errors.join());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new Fault("can't run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while running " + command, e);
        }
    }

    /** To the end, so that it never blocks; what is too much is dropped. */
    private static String read(InputStream in) {
        try (in) {
            var bytes = in.readNBytes(OUTPUT_MAX);
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
