package regie.engine.libvirt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import regie.agent.contract.ArtifactSource;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.lab.MicroImage;
import regie.lab.SandboxHost;
import regie.lab.SandboxSettings;

/** A host of the lab with the micro image; the tests that need it are skipped, with the reason, where there can be none. */
final class RealHost implements AutoCloseable {
    static final Claim SMALLEST = new Claim(1, 128, 1);
    private static final String NETWORK = "198.51.100."; // nobody's (RFC 5737)

    private final SandboxHost host;
    private final MicroImage image;

    private RealHost(SandboxHost host, MicroImage image) {
        this.host = host;
        this.image = image;
    }

    /** @param folder that lives as long as the host */
    static RealHost start(String name, Path folder) throws IOException {
        var obstacle = SandboxHost.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle::toString);
        var image = image();
        var link = "rge" + ProcessHandle.current().pid();
        return new RealHost(
                SandboxHost.start(new SandboxSettings(
                        name,
                        link,
                        NETWORK + "1/24",
                        NETWORK + "2/24",
                        folder.resolve("cache"),
                        folder.resolve("log"))),
                image);
    }

    private static MicroImage image() {
        try {
            return MicroImage.build(MicroImage.repository());
        } catch (IOException trouble) {
            assumeTrue(false, "no micro image: " + trouble.getMessage());
            throw new AssertionError(trouble);
        }
    }

    LibvirtHypervisor hypervisor(Path folder, Claim room) throws IOException {
        return hypervisor(folder, room, image);
    }

    LibvirtHypervisor hypervisor(Path folder, Claim room, ArtifactSource artifacts) throws IOException {
        return LibvirtHypervisor.open(new LibvirtSettings(host.name(), host.libvirtUri(), folder, room, artifacts));
    }

    static String address(int number) {
        return NETWORK + number;
    }

    /** @param number of the guest in the host's network, from 3 to 254 */
    Guest.Machine machine(int number, String name, String instance) {
        return new Guest.Machine(
                SMALLEST,
                image.artifacts(),
                image.kernelArguments(),
                List.of(new Guest.Nic("52:54:00:c6:33:%02x".formatted(number), SandboxSettings.BRIDGE)),
                new Guest.CloudInit(
                        "instance-id: %s%nlocal-hostname: %s%n".formatted(instance, name),
                        "#cloud-config\n",
                        """
                        version: 2
                        ethernets:
                          eth0:
                            addresses:
                              - %s/24
                            gateway4: %s1
                        """.formatted(address(number), NETWORK)));
    }

    void kill(UUID guest) {
        host.guest(guest.toString()).orElseThrow().destroyForcibly();
    }

    long pid(UUID guest) {
        return host.guest(guest.toString()).orElseThrow().pid();
    }

    String virsh(String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of("virsh", "--quiet", "--connect", host.libvirtUri()));
        command.addAll(List.of(arguments));
        return Command.run(30, command);
    }

    void restartLibvirt() throws IOException {
        host.restartLibvirt();
    }

    @Override
    public void close() {
        host.close();
    }
}
