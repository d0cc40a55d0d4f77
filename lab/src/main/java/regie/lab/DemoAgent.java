package regie.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The agent of one host, inside of that host. */
final class DemoAgent implements AutoCloseable {
    private static final long JOIN_SECONDS_MAX = 60;

    private final Program program;

    private DemoAgent(Program program) {
        this.program = program;
    }

    /** Returns when the room hears the agent. */
    static DemoAgent join(Path repository, DemoFolder folder, DemoRoom room, SandboxHost host)
            throws IOException, InterruptedException {
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
                "--join-file",
                token.toString()));
        var agent = new DemoAgent(Program.start(command, Map.of(), folder.file(host.name() + "-agent.log")));
        try {
            agent.awaitHeard(room.client(), host.name());
            return agent;
        } catch (IOException | InterruptedException failed) {
            agent.close();
            throw failed;
        }
    }

    private void awaitHeard(RoomClient room, String host) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS_MAX);
        while (!room.get("/v1/servers/" + host)
                .at("/status/presence")
                .asString()
                .equals("up")) {
            program.mustRun("the agent of " + host);
            if (System.nanoTime() > end)
                throw new IOException("%s is not heard; its agent said:%n%s".formatted(host, Demo.end(program.log())));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
