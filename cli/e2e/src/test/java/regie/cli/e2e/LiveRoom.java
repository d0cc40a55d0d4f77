package regie.cli.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import regie.testing.TestDatabase;

/** A control room in a process of its own, with everything in one folder. */
final class LiveRoom implements AutoCloseable {
    private final Process process;
    private final String url;
    private final Path folder;

    private LiveRoom(Process process, String url, Path folder) {
        this.process = process;
        this.url = url;
        this.folder = folder;
    }

    static LiveRoom start(TestDatabase database, Path folder) throws IOException {
        return start(database, folder, 0);
    }

    /** @param port of the API; 0 takes one that is free */
    static LiveRoom start(TestDatabase database, Path folder, int port) throws IOException {
        var password = Files.writeString(folder.resolve("password"), database.password());
        var settings = Files.writeString(folder.resolve("settings.yaml"), """
                data: "%s"
                database: {url: "%s", user: "%s", passwordFile: "%s"}
                api: {listen: "127.0.0.1:%d"}
                agents: {listen: "127.0.0.1:0"}
                """.formatted(
                        folder, database.jdbcUrl(), database.user(), password, port));
        var process = Child.of("regie.server.Main", Map.of(), List.of("--config", settings.toString()))
                .redirectError(folder.resolve("room.log").toFile())
                .start();
        var out = new BufferedReader(new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var ready = out.readLine();
        if (ready == null || !ready.startsWith("ready ")) {
            process.destroyForcibly();
            throw new AssertionError("the room said: " + ready + Files.readString(folder.resolve("room.log")));
        }
        return new LiveRoom(process, ready.split(" ", -1)[1], folder);
    }

    String url() {
        return url;
    }

    Path tokenFile() {
        return folder.resolve("operator.token");
    }

    String token() throws IOException {
        return Files.readString(tokenFile()).strip();
    }

    int port() {
        return java.net.URI.create(url).getPort();
    }

    void kill() {
        process.destroyForcibly();
        Child.ended(process);
    }

    @Override
    public void close() {
        process.destroy();
        Child.ended(process);
    }
}
