package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.Database;
import regie.testing.TestDatabase;

class FirstStartTest {
    @Test
    void tokenIsForItsOwnerAloneAndOutlivesStarts(@Database TestDatabase database, @TempDir Path folder)
            throws IOException {
        var file = folder.resolve(FirstStart.TOKEN_FILE);
        String token;
        try (var room = new TestRoom(database, folder)) {
            token = room.operator.token();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(token).matches("regie_[A-Za-z0-9_-]{43}");
            assertThat(room.operator.get("/v1/projects/default").status()).isEqualTo(200);
        }
        try (var room = new TestRoom(database, folder)) {
            assertThat(TestRoom.operatorToken(folder)).isEqualTo(token);
            assertThat(room.operator.get("/v1/whoami").status()).isEqualTo(200);
        }
        Files.delete(file);
        try (var room = new ControlRoom(TestRoom.settings(database, folder), false)) {
            assertThat(Files.exists(file))
                    .as("a file that was put away is not made again")
                    .isFalse();
            assertThat(Asking.of(room.url(), token).get("/v1/whoami").status()).isEqualTo(200);
        }
        try (var room = new ControlRoom(TestRoom.settings(database, folder), true)) {
            var other = TestRoom.operatorToken(folder);
            assertThat(Asking.of(room.url(), token).get("/v1/whoami").status()).isEqualTo(401);
            assertThat(Asking.of(room.url(), other).get("/v1/whoami").status()).isEqualTo(200);
        }
    }
}
