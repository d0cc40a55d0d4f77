package regie.engine.libvirt;

import java.nio.file.Path;
import java.util.Optional;
import regie.agent.contract.ArtifactSource;
import regie.agent.contract.Claim;

/**
 * What the engine needs to know of its host.
 *
 * @param host name of the server
 * @param uri of its libvirt, such as {@code qemu:///system}
 * @param folder for the guests' disks and the engine's notes; at most 59 characters long, for sockets lie in it
 * @param room what the host can give to guests in all
 * @param artifacts where the files come from that guests boot from
 * @param sockets by which guests come and go
 */
public record LibvirtSettings(
        String host, String uri, Path folder, Claim room, ArtifactSource artifacts, Sockets sockets) {
    /** The libvirt of the machine itself. */
    public static final String LOCAL = "qemu:///system";

    private static final String SOCKET = "?socket=";

    public LibvirtSettings(String host, String uri, Path folder, Claim room, ArtifactSource artifacts) {
        this(host, uri, folder, room, artifacts, Sockets.LOCAL);
    }

    /** Where libvirt listens on this machine. */
    Path libvirtSocket() {
        int at = uri.indexOf(SOCKET);
        return Path.of(at < 0 ? "/run/libvirt/libvirt-sock" : uri.substring(at + SOCKET.length()));
    }

    /** Where libvirt's QEMU driver keeps its guests' process ids; empty where they are those of another machine or name space. */
    Optional<Path> processIds() {
        return uri.equals(LOCAL) ? Optional.of(Path.of("/run/libvirt/qemu")) : Optional.empty();
    }

    public LibvirtSettings {
        folder = folder.toAbsolutePath();
    }
}
