package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsWrittenIsReadBackAndIsItsOwnersAlone() throws IOException {
        var file = folder.resolve("deep/config");
        var config = ConfigFile.parse("-", "");
        config.general().put("room", "https://a.example.org");
        config.rooms()
                .computeIfAbsent("https://a.example.org", _ -> new java.util.LinkedHashMap<>())
                .put("token", "secret=with=signs");
        config.write(file);
        assertThat(ConfigFile.read(file)).isEqualTo(config);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aTokenIsOfItsRoomAlone() {
        var config = ConfigFile.parse(
                "-", "room = https://a\n\n[https://a]\ntoken = one\n# note\n[https://b]\ntoken = two\n");
        assertThat(config.general("room")).contains("https://a");
        assertThat(config.of("https://a", "token")).contains("one");
        assertThat(config.of("https://b", "token")).contains("two");
        assertThat(config.of("https://c", "token")).isEmpty();
    }

    @Test
    void aLineThatSaysNothingIsNamed() {
        assertThatThrownBy(() -> ConfigFile.parse("config", "room = https://a\nwhat\n"))
                .hasMessageContaining("config:2: expected NAME = VALUE or [ROOM]");
    }

    @Test
    void aSecretThatOthersCanReadIsRefused() throws IOException {
        var file = folder.resolve("token");
        SecretFile.write(file, "sesame");
        assertThat(SecretFile.read(file)).isEqualTo("sesame");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SecretFile.read(file))
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("sesame");
    }
}
