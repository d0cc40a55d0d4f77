package regie.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The agent of one host, inside of that host. */
final class DemoAgent implements AutoCloseable {
    private static final long JOIN_SECONDS_MAX = 60;

    /** As examples/laptop declares its servers. */
    private static final int THREADS = 2;

    private final String host;
    private final List<String> command;
    private final Path log;
    private Program program;

    private DemoAgent(String host, List<String> command, Path log) throws IOException {
        this.host = host;
        this.command = command;
        this.log = log;
        this.program = Program.start(command, Map.of(), log);
    }

    String host() {
        return host;
    }

    /** Kills the agent itself, as {@code kill -9} does; it stays dead until {@link #startAgain}. */
    void kill() throws IOException {
        var agent = ProcessHandle.of(program.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> Processes.commandLine(process).contains("regie.agent.daemon.Agent"))
                .findFirst()
                .orElseThrow(() -> new IOException("the agent of %s does not run".formatted(host)));
        agent.destroyForcibly();
        Processes.awaitEnd(agent);
    }

    void startAgain() throws IOException {
        program.close();
        program = Program.start(command, Map.of(), log);
    }

    /** Lets the host's agent join; {@link #awaitHeard} tells when it has. */
    static DemoAgent start(Path repository, DemoFolder folder, DemoRoom room, SandboxHost host) throws IOException {
        return start(repository, folder, room, host, THREADS);
    }

    /** @param threads that the host says it has: several hosts share this machine, so none is measured; 4096 MiB and 20 GiB */
    static DemoAgent start(Path repository, DemoFolder folder, DemoRoom room, SandboxHost host, int threads)
            throws IOException {
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
                threads + ",4096,20",
                "--join-file",
                token.toString()));
        return new DemoAgent(host.name(), command, folder.file(host.name() + "-agent.log"));
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
