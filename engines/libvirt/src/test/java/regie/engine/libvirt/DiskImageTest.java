package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Artifact.Format;
import regie.agent.contract.Guest;

class DiskImageTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void machineHasTheTools() {
        for (var tool : List.of("qemu-img", "genisoimage")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), "this machine lacks " + tool);
        }
    }

    @Test
    void overlayHoldsTheBasesContentAndIsLarger() throws IOException {
        var base = Files.writeString(folder.resolve("base.img"), "content".repeat(1000));
        var disk = folder.resolve("disk.qcow2");
        DiskImage.overlay(disk, base, Format.RAW, 2);
        assertThat(info(disk))
                .contains("\"virtual-size\": 2147483648")
                .contains("\"backing-filename-format\": \"raw\"");
        assertThat(Files.size(disk)).isLessThan(1 << 20);
    }

    @Test
    void baseLargerThanTheDiskIsRefused() throws IOException {
        var base = folder.resolve("base.qcow2");
        DiskImage.blank(base, 3);
        assertThatThrownBy(() -> DiskImage.overlay(folder.resolve("disk.qcow2"), base, Format.QCOW2, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3.00 GiB")
                .hasMessageContaining("2 GiB");
    }

    @Test
    void diskGrowsAndNeverShrinks() throws IOException {
        var disk = folder.resolve("disk.qcow2");
        DiskImage.blank(disk, 2);
        DiskImage.grow(disk, 1);
        assertThat(info(disk)).contains("\"virtual-size\": 2147483648");
        DiskImage.grow(disk, 3);
        assertThat(info(disk)).contains("\"virtual-size\": 3221225472");
    }

    @Test
    void seedIsForItsOwnerAloneAndLeavesNoDrafts() throws IOException {
        var iso = folder.resolve("seed.iso");
        Seed.write(iso, new Guest.CloudInit("instance-id: a\n", "password: secret\n", ""));
        Seed.write(iso, new Guest.CloudInit("instance-id: b\n", "password: secret\n", "version: 2\n"));
        assertThat(Files.getPosixFilePermissions(iso)).hasSize(2);
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(iso));
        assertThat(new String(Files.readAllBytes(iso), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("cidata")
                .contains("instance-id: b")
                .contains("version: 2");
    }

    private static String info(Path disk) throws IOException {
        return Command.run(10, List.of("qemu-img", "info", "--output=json", disk.toString()));
    }
}
