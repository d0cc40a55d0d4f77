package regie.engine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's own {@code postmaster.pid}: line 1 is the pid, line 8 what the server is doing. */
record PidFile(Path path) {
    private static final int STATUS_LINE = 7;

    static PidFile of(Path data) {
        return new PidFile(data.resolve("postmaster.pid"));
    }

    /** Whether the process {@code pid} wrote this file and accepts connections. */
    boolean saysReady(long pid) throws IOException {
        var lines = lines();
        return pidIn(lines).filter(written -> written == pid).isPresent()
                && lines.size() > STATUS_LINE
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** Returns the pid in the file; empty where there is no file or it is only half written. */
    Optional<Long> pid() throws IOException {
        return pidIn(lines());
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private static Optional<Long> pidIn(List<String> lines) {
        return lines.stream()
                .findFirst()
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }
}
