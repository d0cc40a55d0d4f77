package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A folder in memory beside one on a disk, for what has to be told while that disk hangs and need not outlive the machine's boot. Even
 * a store to a mapped page waits for a disk where the page is of a file on it.
 */
final class MemoryFolder {
    private static final Logger LOG = System.getLogger("regie.agent.lease");
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final int NAME_BYTES = 8;

    private MemoryFolder() {}

    /**
     * The same one for each agent that keeps its data in {@code disk}; only its owner may enter. Where this machine offers none it is
     * {@code disk} itself, and the log says so.
     */
    static Path beside(Path disk) throws IOException {
        var owner = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        for (var place : List.of(Path.of("/run/regie-lease"), Path.of("/dev/shm/regie-lease-" + owner))) {
            var folder = place.resolve(name(disk));
            if (isOurs(place, owner) && isOurs(folder, owner)) return folder;
        }
        LOG.log(Level.WARNING, "no folder in memory: where {0} hangs, so does the warden of its guests", disk);
        return disk;
    }

    /** Folders of two agents never meet, whatever else they share. */
    private static String name(Path disk) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(disk.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
            return disk.getFileName() + "-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether it is there, or could be made, as a folder in memory that nobody else can have put there. */
    private static boolean isOurs(Path folder, Object owner) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) Files.createDirectory(folder);
            if (!owner.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))) return false;
            SafeFile.folder(folder, "rwx------");
            return IN_MEMORY.contains(Files.getFileStore(folder).type());
        } catch (IOException none) {
            return false;
        }
    }
}
