package regie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.compute.Cloud.CloudFault;

class CloudFilesTest {
    private static final String WELL =
            "engine: ec2\nregion: eu-west-3\naccessKeyId: AKIA1\nsecretAccessKey: hush-hush\n";

    @TempDir
    Path folder;

    private void write(String name, String text, String permissions) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void cloudIsWhatItsFileSays() throws IOException, CloudFault {
        write("paris.yaml", WELL, "rw-------");
        write("notes.txt", "", "rw-------");
        var clouds = new CloudFiles(folder);
        assertThat(clouds.names()).containsExactly("paris");
        clouds.open("paris").close();
        assertThat(new CloudFiles(folder.resolve("nowhere")).names()).isEmpty();
    }

    @Test
    void oneThatIsNotThereOrOpenToOthersIsNotAsked() throws IOException {
        write("paris.yaml", WELL, "rw-r-----");
        var clouds = new CloudFiles(folder);
        assertThatThrownBy(() -> clouds.open("paris")).hasMessageContaining("open to others: chmod 600");
        assertThatThrownBy(() -> clouds.open("../operator")).hasMessageContaining("not set up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine: azure\nregion: x\nsecretAccessKey: hush-hush\n",
                "engine: ec2\nregion: x\nsecretAccessKey: hush-hush\n",
                "engine: ec2\nregion: x\nsecret: hush-hush\n",
                "hush-hush",
            })
    void whatItCannotUseIsSaidWithoutTheSecret(String text) throws IOException {
        write("paris.yaml", text, "rw-------");
        assertThatThrownBy(() -> new CloudFiles(folder).open("paris"))
                .isInstanceOf(CloudFault.class)
                .hasMessageContaining("has to say engine: ec2")
                .hasMessageNotContaining("hush-hush");
    }
}
