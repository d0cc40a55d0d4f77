package regie.engine.libvirt;

import java.nio.file.Path;
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
 */
public record LibvirtSettings(String host, String uri, Path folder, Claim room, ArtifactSource artifacts) {
    /** The libvirt of the machine itself. */
    public static final String LOCAL = "qemu:///system";

    public LibvirtSettings {
        folder = folder.toAbsolutePath();
    }
}
