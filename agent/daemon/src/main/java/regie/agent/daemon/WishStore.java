package regie.agent.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import regie.agent.contract.Wish;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The newest wish of each host, on the disk before it is acted upon: whatever happens, no older one is taken afterwards. */
final class WishStore {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;
    private final boolean survivesPowerCuts;

    /**
     * @param survivesPowerCuts of the machine this runs on; simulated hosts need not, and thousands of them in one process
     *     would wait for its disk. The end of this process they survive either way.
     */
    WishStore(Path folder, boolean survivesPowerCuts) {
        this.folder = folder;
        this.survivesPowerCuts = survivesPowerCuts;
    }

    /** @throws IOException where it can't be read; the agent must not go on as if there had been none */
    Optional<Wish> newest(String host) throws IOException {
        var file = file(host);
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Wish.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException malformed) {
            throw new IOException(
                    "%s is no wish; restore it or, after a look at the host, remove it".formatted(file), malformed);
        }
    }

    void keep(Wish wish) throws IOException {
        SafeFile.write(file(wish.host()), JSON.writeValueAsBytes(wish), survivesPowerCuts);
    }

    private Path file(String host) {
        return folder.resolve(host + ".json");
    }
}
