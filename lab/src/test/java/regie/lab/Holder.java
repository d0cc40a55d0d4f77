package regie.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another JVM that holds a host until it is killed. It prints {@code first N}, the pid of the host's first process. */
final class Holder implements AutoCloseable {
    private final Process jvm;
    private final BufferedReader said;

    private Holder(Process jvm) {
        this.jvm = jvm;
        this.said = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    }

    static Holder start(Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new Holder(new ProcessBuilder(
                        List.of(java, "-XX:+UseSerialGC", "-cp", classes, Holder.class.getName(), folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for the host and returns its first process. */
    ProcessHandle first() throws IOException {
        var line = said.readLine();
        if (line == null) throw new AssertionError("the holder ended before its host was ready");
        return ProcessHandle.of(Long.parseLong(line.substring("first ".length())))
                .orElseThrow();
    }

    void kill() throws InterruptedException {
        jvm.toHandle().destroyForcibly();
        jvm.waitFor();
    }

    @Override
    public void close() {
        jvm.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        var host = SandboxHost.start(SandboxHostTest.settings(Path.of(arguments[0])));
        System.out.println("first " + host.root().getName(1));
        Thread.currentThread().join();
    }
}
