package regie.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The agent of one host, inside of that host. */
final class DemoAgent implements AutoCloseable {
    private static final long JOIN_SECONDS_MAX = 60;

    /** As examples/laptop declares its servers: 2 vCPU, 4096 MiB, 20 GiB. Both hosts share this machine, so none is measured. */
    private static final String CAPACITY = "2,4096,20";

    private final String host;
    private final Program program;

    private DemoAgent(String host, Program program) {
        this.host = host;
        this.program = program;
    }

    /** Lets the host's agent join; {@link #awaitHeard} tells when it has. */
    static DemoAgent start(Path repository, DemoFolder folder, DemoRoom room, SandboxHost host) throws IOException {
        var token = folder.file(host.name() + ".join");
        room.regie("join-token", "create", "--servers", host.name(), "--out", token.toString());
        var command = host.inside(List.of(
                repository.resolve("regie").toString(),
                "agent",
                "--room",
                folder.door(host),
                "--server",
                host.name(),
                "--data",
                folder.file(host.name()).toString(),
                "--engine",
                "libvirt",
                "--capacity",
                CAPACITY,
                "--join-file",
                token.toString()));
        return new DemoAgent(host.name(), Program.start(command, Map.of(), folder.file(host.name() + "-agent.log")));
    }

    /** Returns when the room hears the agent. */
    void awaitHeard(RoomClient room) throws IOException, InterruptedException {
        Stopwatch.await(
                JOIN_SECONDS_MAX,
                () -> {
                    program.mustRun("the agent of " + host);
                    return room.get("/v1/servers/" + host)
                            .at("/status/presence")
                            .asString()
                            .equals("up");
                },
                () -> "%s is not heard; its agent said:%n%s".formatted(host, Demo.end(program.log())));
    }

    @Override
    public void close() {
        program.close();
    }
}
