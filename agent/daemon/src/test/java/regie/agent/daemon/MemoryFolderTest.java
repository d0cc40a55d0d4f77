package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFolderTest {
    @TempDir
    Path disk;

    @Test
    void isOneForEachFolderOnADiskAndNobodyElseMayEnter() throws IOException {
        var folder = MemoryFolder.beside(disk);
        assumeTrue(!folder.equals(disk), "neither /run nor /dev/shm is in memory here");
        try {
            assertThat(Files.getFileStore(folder).type()).isEqualTo("tmpfs");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(MemoryFolder.beside(disk)).isEqualTo(folder);
            var other = MemoryFolder.beside(disk.resolve("other"));
            assertThat(other).isNotEqualTo(folder);
            Files.delete(other);
        } finally {
            Files.delete(folder);
        }
    }
}
