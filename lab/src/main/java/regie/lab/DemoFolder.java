package regie.lab;

import java.io.IOException;
import java.nio.file.Path;

/** Where the parts of one demo keep their things, and where they listen. */
final class DemoFolder implements AutoCloseable {
    private static final Path ALL = Path.of("/var/lib/regie-demo");
    private static final int API_PORT = 7070;

    private final Workspace workspace;
    private final int apiPort = Workspace.freePort(API_PORT);
    private final int agentsPort = Workspace.freePort(API_PORT + 1);

    private DemoFolder(Workspace workspace) {
        this.workspace = workspace;
    }

    static DemoFolder make() throws IOException {
        return new DemoFolder(Workspace.make(ALL));
    }

    /** The {@code number}-th host; its addresses fit the networks of examples/laptop. */
    SandboxSettings host(String name, int number) {
        return new SandboxSettings(
                name,
                link(number),
                "10.77.%d.1/24".formatted(number),
                "10.77.%d.2/24".formatted(number),
                cache(),
                file(name + ".log"));
    }

    /** What hosts' libvirts found out of QEMU; it outlives them. */
    static Path cache() {
        return ALL.resolve("libvirt-cache");
    }

    static String link(int number) {
        return "regie-demo" + number;
    }

    /** Address at which the {@code number}-th host reaches the room's door for agents. */
    String door(SandboxHost host) {
        return host.near() + ":" + agentsPort;
    }

    String url() {
        return "http://127.0.0.1:" + apiPort;
    }

    Path token() {
        return room().resolve("operator.token");
    }

    Path room() {
        return file("room");
    }

    Path file(String name) {
        return workspace.path().resolve(name);
    }

    String settings() {
        return """
                data: %s
                api: {listen: "127.0.0.1:%d"}
                agents: {listen: "0.0.0.0:%d"}
                """.formatted(room(), apiPort, agentsPort);
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }
}
