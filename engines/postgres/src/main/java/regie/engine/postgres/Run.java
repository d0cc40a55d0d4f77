package regie.engine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A short command run to its end. */
record Run(int exit, String output) {
    private static final int OUTPUT_BYTES_MAX = 64 * 1024;

    /**
     * Runs {@code builder}, whose output is bounded to its first 64 KiB, and kills it when it takes too long.
     *
     * @throws IOException where it cannot be started, takes too long, or this thread was interrupted
     */
    static Run toEnd(ProcessBuilder builder, long timeout, TimeUnit unit) throws IOException {
        var process = ProcessParent.start(builder.redirectErrorStream(true));
        process.getOutputStream().close();
        var killer = process.onExit().orTimeout(timeout, unit).exceptionally(_ -> {
            process.destroyForcibly();
            return process;
        });
        try (var output = process.getInputStream()) {
            var text = new String(output.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
            output.transferTo(java.io.OutputStream.nullOutputStream());
            killer.join();
            return new Run(process.waitFor(), text.strip());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(builder.command().getFirst() + " was interrupted", e);
        }
    }
}
