package regie.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroImageTest {
    @TempDir
    Path folder;

    @Test
    void manifestTellsTheFilesAndTheCommandLine() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), """
                {
                  "name": "micro",
                  "kernel": {"sha256": "%s", "bytes": 53243444},
                  "initrd": {"sha256": "%s", "bytes": 2433613},
                  "kernelArguments": "console=ttyS0 quiet"
                }
                """.formatted("a".repeat(64), "b".repeat(64)));
        var image = MicroImage.read(folder);
        assertThat(image.kernelArguments()).isEqualTo("console=ttyS0 quiet");
        assertThat(image.kernel().bytes()).isEqualTo(53_243_444);
        assertThat(image.fetch(image.initrd())).isEqualTo(folder.resolve("initrd"));
    }

    @Test
    void otherFileIsNoManifest() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{}");
        assertThatThrownBy(() -> MicroImage.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("manifest.json");
    }
}
