package regie.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** {@code regie image …} against a real room. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageWordsTest {
    private static final long DISK_BYTES = 40L << 20;

    private final LiveRoom room;
    private final Path folder;
    private final Cli cli;

    ImageWordsTest(@Database TestDatabase database, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.room = LiveRoom.start(database, Files.createDirectory(folder.resolve("room")));
        this.cli = Cli.of(room, folder);
    }

    @AfterAll
    void close() {
        room.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    /** A raw disk with a boot sector, mostly a hole. */
    private void writeDisk(String name) throws IOException {
        try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(DISK_BYTES);
            file.seek(510);
            file.write(new byte[] {0x55, (byte) 0xaa});
        }
    }

    @Test
    void kernelAndInitialRamDiskBecomeAnImageOnceAndForAll() throws IOException {
        write("kernel", "\u007fELF kernel");
        write("initrd", "070701 initrd");
        String[] words = {
            "image",
            "import",
            "--name",
            "tiny",
            "--kernel",
            "kernel",
            "--initrd",
            "initrd",
            "--kernel-arguments",
            "quiet"
        };
        var first = cli.run(words).expect(0);
        assertThat(first.out()).startsWith("image/tiny: ready\n").contains("kernel", "initrd", "raw");
        assertThat(cli.run("get", "image", "tiny", "-o", "json").expect(0).out())
                .contains("\"kernelArguments\" : \"quiet\"");
        assertThat(cli.run(words).expect(0).out()).as("again").isEqualTo(first.out());

        write("kernel", "\u007fELF other kernel");
        assertThat(cli.run(words).expect(4).err()).contains("image-content-fixed");
        words[9] = "verbose";
        assertThat(cli.run(words).expect(4).err()).contains("quiet", "verbose");
    }

    @Test
    void aDiskIsNamedAfterItsFileAndItsChecksumHeld() throws IOException {
        writeDisk("Some_Disk.1.raw");
        var wrong = cli.run("image", "import", "Some_Disk.1.raw", "--sha256", "0".repeat(64))
                .expect(1);
        assertThat(wrong.err()).contains("image-checksum-differs", "nothing was sent");
        cli.run("get", "image", "some-disk-1").expect(3);
        var taken = cli.run("image", "import", "Some_Disk.1.raw").expect(0);
        assertThat(taken.out()).startsWith("image/some-disk-1: ready\n").contains("disk", Long.toString(DISK_BYTES));

        // The room says no before it has read anything of what is much larger than any buffer on the way.
        Files.write(folder.resolve("Some_Disk.1.raw"), new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        assertThat(cli.run("image", "import", "Some_Disk.1.raw").expect(4).err())
                .contains("image-content-fixed");
    }

    @Test
    void whatTheRoomRefusesIsSaidWithItsReason() throws IOException {
        write("page.qcow2", "<html>404</html>");
        assertThat(cli.run("image", "import", "page.qcow2").expect(1).err())
                .contains("neither qcow2 nor a raw disk", "image-format-unknown");
        assertThat(cli.run("get", "image", "page").expect(0).out()).contains("empty");
    }

    @Test
    void wrongUseIsToldBeforeAnythingIsSent() throws IOException {
        write("kernel", "\u007fELF kernel");
        assertThat(cli.run("image", "import").expect(2).err()).contains("--kernel and --initrd");
        assertThat(cli.run("image", "import", "missing").expect(2).err()).contains("no file missing");
        assertThat(cli.run("image", "import", "--kernel", "kernel", "--name", "x")
                        .expect(2)
                        .err())
                .contains("go together");
        assertThat(cli.run("image", "import", "kernel", "--boot", "kernel")
                        .expect(2)
                        .err())
                .contains("disk or cdrom");
        assertThat(cli.run("image", "build", "debian-12").expect(2).err()).contains("./regie image build");
    }
}
