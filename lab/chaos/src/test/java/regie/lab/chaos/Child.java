package regie.lab.chaos;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own on the class path of this test, to be killed and started again with the same words. */
final class Child implements AutoCloseable {
    private static final long END_SECONDS_MAX = 60;
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    private final List<String> command = new ArrayList<>();
    private final Path log;
    private Process process;

    /** @param log takes all that it says, over all its lives */
    Child(String main, List<String> words, Path log) throws IOException {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(words);
        this.log = log;
        this.process = begin();
    }

    private Process begin() throws IOException {
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("REGIE_") || name.startsWith("XDG_"));
        return builder.start();
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and its next life begins at once. */
    void killAndStart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = begin();
    }

    /**
     * SIGTERM.
     *
     * @return its exit code
     */
    int stop() throws InterruptedException {
        process.destroy();
        if (process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) return process.exitValue();
        throw new AssertionError("%s did not end in %d s".formatted(log.getFileName(), END_SECONDS_MAX));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
