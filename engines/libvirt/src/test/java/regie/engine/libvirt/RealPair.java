package regie.engine.libvirt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import regie.agent.channel.AgentTunnel;
import regie.agent.channel.TestAuthority;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.lab.MicroImage;
import regie.lab.SandboxHost;
import regie.lab.SandboxSettings;

/** Two hosts of the lab on one segment, each with its own libvirt and file system of sockets; agents' tunnels lead between them. */
final class RealPair implements AutoCloseable {
    private static final Claim SMALLEST = new Claim(1, 128, 1);
    private static final int GUEST = 50;

    private final TestAuthority room = new TestAuthority();
    private final MicroImage image;
    private final String network;
    private final String bridge;
    private final List<SandboxHost> hosts = new ArrayList<>();
    private final List<AgentTunnel> tunnels = new ArrayList<>();

    private RealPair(MicroImage image) {
        this.image = image;
        long process = ProcessHandle.current().pid();
        this.network = "10.211.%d.".formatted(process % 250);
        this.bridge = "rgp" + process;
    }

    static RealPair start(Path folder, String... names) throws IOException {
        var obstacle = SandboxHost.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle::toString);
        var pair = new RealPair(image());
        try {
            pair.connect(folder, names);
            return pair;
        } catch (IOException | RuntimeException trouble) {
            pair.close();
            throw trouble;
        }
    }

    private void connect(Path folder, String... names) throws IOException {
        Command.run(10, List.of("ip", "link", "add", bridge, "type", "bridge"));
        Command.run(10, List.of("ip", "address", "add", network + "1/24", "dev", bridge));
        Command.run(10, List.of("ip", "link", "set", bridge, "up"));
        for (int at = 0; at < names.length; at++) {
            var link = bridge + (char) ('a' + at);
            var host = SandboxHost.start(new SandboxSettings(
                    names[at],
                    link,
                    // Of a network of its own: on the segment it is this machine's bridge that is heard.
                    "10.212.%d.%d/30".formatted(ProcessHandle.current().pid() % 250, 4 * at + 1),
                    network + (11 + at) + "/24",
                    folder.resolve("cache-" + names[at]),
                    folder.resolve("log-" + names[at])));
            hosts.add(host);
            Command.run(10, List.of("ip", "link", "set", link, "master", bridge));
        }
    }

    private static MicroImage image() {
        try {
            return MicroImage.build(MicroImage.repository());
        } catch (IOException trouble) {
            assumeTrue(false, "no micro image: " + trouble.getMessage());
            throw new AssertionError(trouble);
        }
    }

    /** An engine of its own for host number {@code at}, with a way to the other. */
    LibvirtHypervisor hypervisor(int at, Path folder, Claim room) throws IOException {
        var host = hosts.get(at);
        var hypervisor = LibvirtHypervisor.open(
                new LibvirtSettings(host.name(), host.libvirtUri(), folder, room, image, Sockets.under(host.root())));
        hypervisor.liveMigration().orElseThrow().open(tunnel(host.name()));
        return hypervisor;
    }

    private AgentTunnel tunnel(String name) throws IOException {
        var credentials = room.agent(name, Duration.ofHours(1));
        var tunnel = AgentTunnel.open("127.0.0.1", 0, () -> credentials);
        tunnels.add(tunnel);
        return tunnel;
    }

    /** Breaks all connections between the hosts, and lets none be made. */
    void cutTunnels() throws IOException {
        for (var tunnel : tunnels) tunnel.close();
        tunnels.clear();
    }

    Guest.Machine machine() {
        return new Guest.Machine(
                SMALLEST,
                image.artifacts(),
                image.kernelArguments(),
                List.of(new Guest.Nic("52:54:00:c6:34:32", SandboxSettings.BRIDGE)),
                new Guest.CloudInit("instance-id: i-1\nlocal-hostname: web-1\n", "#cloud-config\n", """
                        version: 2
                        ethernets:
                          eth0:
                            addresses:
                              - %s/24
                            gateway4: %s1
                        """.formatted(
                                address(), network)));
    }

    /** Of the guest, as this machine reaches it wherever it is. */
    String address() {
        return network + GUEST;
    }

    void restartLibvirt(int at) throws IOException {
        hosts.get(at).restartLibvirt();
    }

    /** Whether libvirt of that host lets the guest's virtual CPUs run. */
    boolean runs(int at, UUID guest) throws IOException {
        try {
            return virsh(at, "domstate", guest.toString()).equals("running");
        } catch (IOException unknown) {
            return false;
        }
    }

    String virsh(int at, String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of("virsh", "--quiet", "--connect", hosts.get(at).libvirtUri()));
        command.addAll(List.of(arguments));
        return Command.run(30, command);
    }

    @Override
    public void close() {
        try {
            cutTunnels();
            hosts.forEach(SandboxHost::close);
            Command.run(10, List.of("ip", "link", "delete", bridge));
        } catch (IOException _) {
            // the links went with their hosts
        }
    }
}
