package regie.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The control room as a process of its own, ready: for tests that kill it. */
record RoomProcess(Process process, String url) {
    static RoomProcess start(Path config) throws IOException {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "regie.server.Main",
                        "--config",
                        config.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        if (line == null || !line.startsWith("ready ")) throw new IOException("not ready: " + line);
        return new RoomProcess(process, line.split(" ", -1)[1]);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
