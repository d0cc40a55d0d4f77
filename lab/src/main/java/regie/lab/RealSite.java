package regie.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A control room, two real hosts of one site on one network, with an agent each, and the micro image: all on this machine. */
final class RealSite {
    static final List<String> HOSTS = List.of("dead1-h01", "dead1-h02");
    private static final String BRIDGE = "regie-dead0";
    private static final String ESTATE = """
            kind: Site
            name: dead1
            spec: {country: FR, city: Paris, roles: [production]}
            ---
            kind: Server
            name: dead1-h[01-02]
            spec:
              site: dead1
              hypervisor: libvirt
              numa: [{threads: THREADS, memoryMiB: 4096}]
              disks: [{name: sda, sizeGiB: 20}]
            ---
            kind: Network
            name: dead1
            spec:
              site: dead1
              cidr: 10.78.1.0/24
              gateway: 10.78.1.1
              range: {first: 10.78.1.10, last: 10.78.1.200}
              bridge: br0
            ---
            kind: Flavor
            name: micro
            spec: {vcpus: 1, memoryMiB: 128}
            ---
            kind: Image
            name: micro
            spec: {boot: kernel, memoryMiBMin: 88, kernelArguments: "KERNEL_ARGUMENTS"}
            """;

    private final Progress progress = new Progress();
    private final DemoFolder folder;
    private final DemoRoom room;
    private final List<SandboxHost> hosts = new ArrayList<>();
    private final List<DemoAgent> agents = new ArrayList<>();

    private RealSite(DemoFolder folder, DemoRoom room) {
        this.folder = folder;
        this.room = room;
    }

    /**
     * Returns when both agents are heard and the image is there.
     *
     * @param threads that each host says it has, however many this machine does
     * @throws IOException where this machine can't hold the hosts, or something was not as it is to be
     */
    static RealSite open(Parts parts, int threads) throws IOException, InterruptedException {
        var obstacle = SandboxHost.obstacle();
        if (obstacle.isPresent()) throw new IOException("this machine can't hold the hosts: " + obstacle.get());
        var repository = MicroImage.repository();
        var image = MicroImage.build(repository);
        var folder = parts.add(DemoFolder.make());
        var site = new RealSite(folder, parts.add(DemoRoom.start(repository, folder)));
        site.begin(parts, repository, image, threads);
        return site;
    }

    private void begin(Parts parts, Path repository, MicroImage image, int threads)
            throws IOException, InterruptedException {
        parts.add(new Bridge());
        for (int at = 0; at < HOSTS.size(); at++) hosts.add(parts.add(host(at)));
        apply(
                "estate.yaml",
                ESTATE.replace("KERNEL_ARGUMENTS", image.kernelArguments())
                        .replace("THREADS", Integer.toString(threads)));
        for (var host : hosts) agents.add(parts.add(DemoAgent.start(repository, folder, room, host, threads)));
        for (var agent : agents) agent.awaitHeard(room.client());
        progress.during("image micro is imported", () -> room.importImage(image));
    }

    /** Both on one bridge of this machine, which is the room's address for them: where a machine is makes no difference. */
    private SandboxHost host(int at) throws IOException {
        var link = link(at);
        var host = SandboxHost.start(new SandboxSettings(
                HOSTS.get(at),
                link,
                "10.78.1.1/24",
                "10.78.1.%d/24".formatted(at + 2),
                DemoFolder.cache(),
                folder.file(HOSTS.get(at) + ".log")));
        Command.run(10, List.of("ip", "address", "flush", "dev", link));
        Command.run(10, List.of("ip", "link", "set", link, "master", BRIDGE));
        return host;
    }

    private static String link(int at) {
        return "regie-dead" + (at + 1);
    }

    /** @param state up, or down: then nobody outside of the host is heard there any more */
    static void link(int at, String state) throws IOException {
        Command.run(10, List.of("ip", "link", "set", link(at), state));
    }

    void apply(String file, String text) throws IOException {
        var path = folder.file(file);
        Files.writeString(path, text);
        room.regie("apply", "-f", path.toString(), "--yes");
    }

    Progress progress() {
        return progress;
    }

    DemoFolder folder() {
        return folder;
    }

    DemoRoom room() {
        return room;
    }

    /** In the order of {@link #HOSTS}. */
    List<SandboxHost> hosts() {
        return hosts;
    }

    List<DemoAgent> agents() {
        return agents;
    }

    /** The network that both hosts are on. */
    private static final class Bridge implements AutoCloseable {
        Bridge() throws IOException {
            Command.run(10, List.of("ip", "link", "add", BRIDGE, "type", "bridge"));
            Command.run(10, List.of("ip", "address", "add", "10.78.1.1/24", "dev", BRIDGE));
            Command.run(10, List.of("ip", "link", "set", BRIDGE, "up"));
        }

        @Override
        public void close() throws IOException {
            Command.run(10, List.of("ip", "link", "delete", BRIDGE));
        }
    }
}
