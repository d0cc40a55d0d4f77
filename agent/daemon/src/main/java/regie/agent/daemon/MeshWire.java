package regie.agent.daemon;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What agents say to each other: a line of JSON for each beat in one direction, and for each answer in the other. */
final class MeshWire {
    private static final int LINE_BYTES_MAX = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private MeshWire() {}

    /** @param voter host of the other agent that is asked */
    record Asked(String voter, Beat beat) {}

    static byte[] line(Object word) {
        var json = JSON.writeValueAsBytes(word);
        var line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** Each is empty at the end, and fails on what is no such line. */
    static final class Reader {
        private final InputStream in;

        Reader(InputStream in) {
            this.in = new BufferedInputStream(in);
        }

        Optional<Asked> asked() throws IOException {
            return next(Asked.class);
        }

        Optional<Answer> answer() throws IOException {
            return next(Answer.class);
        }

        private <T> Optional<T> next(Class<T> type) throws IOException {
            var line = new ByteArrayOutputStream(200);
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) return Optional.empty();
                if (line.size() == LINE_BYTES_MAX)
                    throw new IOException("a line of more than %d bytes".formatted(LINE_BYTES_MAX));
                line.write(next);
            }
            try {
                return Optional.of(JSON.readValue(line.toByteArray(), type));
            } catch (JacksonException malformed) {
                throw new IOException("not a line of the mesh: " + line, malformed);
            }
        }
    }
}
