package regie.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short program run to its end; its arguments are a list and see no shell. */
public final class Command {
    private static final int OUTPUT_BYTES_MAX = 64 * 1024;

    private Command() {}

    /**
     * Returns what {@code command} printed, at most 64 KiB, without the white space around it.
     *
     * @throws IOException where it can't be started, ends with another code than 0, takes longer than {@code seconds}, or
     *     this thread was interrupted; the message quotes the end of what it said
     */
    public static String run(long seconds, List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var killer =
                process.onExit().orTimeout(seconds, TimeUnit.SECONDS).exceptionally(_ -> process.destroyForcibly());
        try (var output = process.getInputStream()) {
            var said = new String(output.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8).strip();
            output.transferTo(java.io.OutputStream.nullOutputStream());
            killer.join();
            int code = process.waitFor();
            if (code != 0) throw new IOException("%s ended with code %d: %s".formatted(command, code, said));
            return said;
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", interrupted);
        }
    }
}
