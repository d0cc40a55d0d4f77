package regie.cli.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code regie WORD …} as its users run it: a process with a home of its own. */
record Cli(Path home, Map<String, String> environment) {
    /** For the operator of {@code room}. */
    static Cli of(LiveRoom room, Path home) {
        return new Cli(
                home,
                Map.of(
                        "HOME", home.toString(),
                        "REGIE_ROOM", room.url(),
                        "REGIE_TOKEN_FILE", room.tokenFile().toString()));
    }

    /** What it printed and how it ended. */
    record Ended(int code, String out, String err) {
        Ended expect(int wanted) {
            if (code == wanted) return this;
            throw new AssertionError("ended with %d, not %d%n%s%n%s".formatted(code, wanted, out, err));
        }
    }

    Ended run(String... words) {
        return fed("", words);
    }

    Ended fed(String input, String... words) {
        try {
            var process = start(words);
            var err = CompletableFuture.supplyAsync(() -> Child.read(process.getErrorStream()));
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var out = Child.read(process.getInputStream());
            return new Ended(Child.ended(process), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process start(String... words) throws IOException {
        return Child.of("regie.cli.Main", environment, List.of(words))
                .directory(home.toFile())
                .start();
    }
}
