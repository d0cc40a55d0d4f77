package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** The checked-in description is what the server says of itself. */
@Tag("check")
@Tag("golden")
class OpenApiTest {
    private static final Path FILE = Path.of("..", "contracts", "openapi.json");

    @Test
    void contractIsCurrent(@Database TestDatabase database) throws IOException {
        try (var room = new TestRoom(database)) {
            var said = room.operator.get("/v1/openapi.json").body();
            if (System.getProperty("regie.golden", "").equals("write")) {
                Files.createDirectories(FILE.getParent());
                Files.writeString(FILE, said);
            }
            assertThat(Files.readString(FILE))
                    .as("./regie golden rewrites contracts/openapi.json")
                    .isEqualTo(said);
        }
    }
}
