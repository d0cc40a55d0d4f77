package regie.agent.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import regie.agent.contract.Claim;

/** What the machine this runs on can give to guests: what it has, less what it needs itself. */
final class HostRoom {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final long RESERVED_MIB = 1_024;

    private HostRoom() {}

    /**
     * All its threads; nine tenths of its memory and 1 GiB less; nine tenths of the file system that holds {@code data}.
     *
     * @throws IOException where the machine does not say
     */
    static Claim measure(Path data) throws IOException {
        long disk = Files.getFileStore(data).getTotalSpace() / 10 * 9;
        long memory = Math.max(0, memoryMiB(Files.readString(MEMORY)) / 10 * 9 - RESERVED_MIB);
        return new Claim(Runtime.getRuntime().availableProcessors(), memory, disk >> 30);
    }

    static long memoryMiB(String meminfo) throws IOException {
        for (var line : meminfo.split("\n", -1)) {
            if (line.matches("MemTotal:\\s+\\d+ kB")) return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
        throw new IOException(MEMORY + " does not say how much memory there is");
    }
}
