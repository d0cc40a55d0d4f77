package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of the sockets by which guests come and go.
 *
 * @param inside as libvirt and QEMU see it; the same on all hosts
 * @param outside as this process sees it; another one only where the host has a file system of its own
 */
public record Sockets(Path inside, Path outside) {
    private static final Path USUAL = Path.of("/run/regie");

    /** Of the machine that this process runs on. */
    public static final Sockets LOCAL = new Sockets(USUAL, USUAL);

    /** Of a host whose file system is seen under {@code root}. */
    public static Sockets under(Path root) {
        return new Sockets(USUAL, root.resolve(USUAL.toString().substring(1)));
    }

    /** QEMU, which is another user, makes sockets in it; nobody can list it, and the names can't be guessed. */
    void make() throws IOException {
        Files.createDirectories(outside);
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwx-wx-wx"));
    }
}
