package regie.agent.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import regie.agent.lease.Refusals;
import regie.agent.lease.Terms;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What one host has to know of leases after a crash: by what terms it counts, and whom it has promised to refuse. */
final class LeaseStore {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;
    private final boolean survivesPowerCuts;

    /** As {@link WishStore}. */
    LeaseStore(Path folder, boolean survivesPowerCuts) {
        this.folder = folder;
        this.survivesPowerCuts = survivesPowerCuts;
    }

    Path folder() {
        return folder;
    }

    /** @throws IOException where they can't be read: an agent that took other ones for its own could run a machine twice */
    List<Terms> terms() throws IOException {
        return read("terms.json", Terms[].class).map(List::of).orElse(List.of());
    }

    void keep(List<Terms> terms) throws IOException {
        write("terms.json", terms);
    }

    /** Empty where it has made no promise, or its disk has forgotten it. */
    Optional<Refusals> refusals() throws IOException {
        return read("refusals.json", Refusals.class);
    }

    void keep(Refusals refusals) throws IOException {
        write("refusals.json", refusals);
    }

    private void write(String name, Object content) throws IOException {
        SafeFile.folder(folder, "rwx------");
        SafeFile.write(folder.resolve(name), JSON.writeValueAsBytes(content), survivesPowerCuts);
    }

    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        var file = folder.resolve(name);
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException malformed) {
            throw new IOException(
                    "%s is not what the agent wrote; remove it after a look at the host".formatted(file), malformed);
        }
    }
}
