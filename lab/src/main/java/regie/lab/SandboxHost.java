package regie.lab;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole host with its own hypervisor on this machine: own network, mounts and processes, own libvirtd with real guests on
 * bridge {@link SandboxSettings#BRIDGE}, and one link that leads to it. It is gone after {@link #close()}, and just as well
 * after a {@code kill -9} of this JVM: nothing of it exists outside of its namespaces.
 */
public final class SandboxHost implements AutoCloseable {
    private static final long START_SECONDS_MAX = 60;
    private static final String SOCKET = "run/libvirt/libvirt-sock";

    private final SandboxSettings settings;
    private final SandboxRoot root;

    private SandboxHost(SandboxSettings settings, SandboxRoot root) {
        this.settings = settings;
        this.root = root;
    }

    /** Why this machine can hold no such host, in words for a human; empty where it can. */
    public static Optional<String> obstacle() {
        return SandboxNeeds.missing();
    }

    /**
     * Returns once the host's libvirt answers: 0.2 s, and about 3 s with an empty cache.
     *
     * @throws IOException where it does not come up; nothing is left behind
     */
    public static SandboxHost start(SandboxSettings settings) throws IOException {
        var host = new SandboxHost(settings, SandboxRoot.start(settings));
        try {
            host.plug();
            host.awaitLibvirt();
            return host;
        } catch (IOException | RuntimeException trouble) {
            host.close();
            throw trouble;
        }
    }

    public String name() {
        return settings.name();
    }

    /** Address at which the host reaches this machine. */
    public String near() {
        return settings.near().substring(0, settings.near().indexOf('/'));
    }

    /** By this a client outside of the host reaches its libvirt; inside it is {@code qemu:///system}. */
    public String libvirtUri() {
        return "qemu+unix:///system?socket=" + root().resolve(SOCKET);
    }

    /** The host's own file system as this machine sees it. */
    public Path root() {
        return Path.of("/proc", Long.toString(root.first().pid()), "root");
    }

    /** The same command, run inside the host: it sees the host's network, files and processes, and dies with the host. */
    public List<String> inside(List<String> command) {
        var whole = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(root.first().pid()), "--net", "--mount", "--pid", "--"));
        whole.addAll(command);
        return List.copyOf(whole);
    }

    /** The QEMU process of the guest whose libvirt UUID is {@code uuid}. */
    public Optional<ProcessHandle> guest(String uuid) {
        return root.first()
                .descendants()
                .filter(process -> Processes.commandLine(process).contains(uuid))
                .findFirst();
    }

    /**
     * Kills the host's libvirtd, as a crash would, and returns once its successor answers.
     *
     * @throws IOException where none comes up
     */
    public void restartLibvirt() throws IOException {
        var old = root.first()
                .children()
                .filter(process -> Processes.commandLine(process).contains("libvirtd"))
                .findFirst();
        old.ifPresent(process -> {
            process.destroyForcibly();
            Processes.awaitEnd(process);
        });
        awaitLibvirt();
    }

    @Override
    public void close() {
        try {
            // The kernel would take the link away with the namespace, but some time later; its name is to be free now.
            if (Files.exists(Path.of("/sys/class/net", settings.link()))) {
                Command.run(10, List.of("ip", "link", "delete", settings.link()));
            }
        } catch (IOException _) {
            // The namespace takes it along.
        }
        root.kill();
    }

    private void plug() throws IOException {
        var first = Long.toString(root.first().pid());
        var link = settings.link();
        Command.run(10, List.of("ip", "link", "add", link, "type", "veth", "peer", "name", "up0", "netns", first));
        Command.run(10, List.of("ip", "address", "add", settings.near(), "dev", link));
        Command.run(10, List.of("ip", "link", "set", link, "up"));
        Command.run(10, inside(List.of("ip", "link", "set", "up0", "master", SandboxSettings.BRIDGE, "up")));
    }

    /** Libvirt tells nobody when it is ready; whoever asks too early is refused at once. */
    private void awaitLibvirt() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (!answers()) {
            if (!root.alive() || System.nanoTime() > end) {
                throw new IOException("libvirt of host %s does not answer: %s"
                        .formatted(
                                settings.name(),
                                Files.readString(settings.log()).strip()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private boolean answers() {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(root().resolve(SOCKET)));
        } catch (IOException _) {
            return false;
        }
    }
}
