package regie.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import regie.lab.Program;

/** One real agent that attends for many simulated hosts, over the same channel as any other. */
final class SimulatedHosts implements AutoCloseable {
    private static final long ATTEND_SECONDS_MAX = 300;
    private static final int HOSTS_OF_A_SITE = 500;

    private final Program program;

    private SimulatedHosts(Program program) {
        this.program = program;
    }

    /** Declares so many servers {@code h1}…, with a site and a network for each 500 of them. */
    static String declare(Room room, int count) throws IOException, InterruptedException {
        int sites = (count + HOSTS_OF_A_SITE - 1) / HOSTS_OF_A_SITE;
        var text = new StringBuilder();
        for (int site = 1; site <= sites; site++) {
            int first = (site - 1) * HOSTS_OF_A_SITE + 1;
            int last = Math.min(count, site * HOSTS_OF_A_SITE);
            text.append("""
                    kind: Site
                    name: s%1$d
                    spec: {country: FR, city: Paris, roles: [production]}
                    ---
                    kind: Network
                    name: n%1$d
                    spec:
                      site: s%1$d
                      cidr: 10.%1$d.0.0/16
                      gateway: 10.%1$d.0.1
                      range: {first: 10.%1$d.1.0, last: 10.%1$d.250.0}
                      bridge: br0
                    ---
                    kind: Server
                    name: h[%2$d-%3$d]
                    spec:
                      site: s%1$d
                      hypervisor: simulated
                      numa: [{threads: 64, memoryMiB: 262144}]
                      disks: [{name: sda, sizeGiB: 4000}]
                    ---
                    """.formatted(site, first, last));
        }
        room.apply(text.toString());
        return "h[1-%d]".formatted(count);
    }

    /** Starts the agent of {@code servers}, which holds a range. */
    static SimulatedHosts start(Bench bench, Room room, String servers) throws IOException, InterruptedException {
        return start(bench, room, servers, List.of());
    }

    /** @param more arguments of the agent */
    static SimulatedHosts start(Bench bench, Room room, String servers, List<String> more)
            throws IOException, InterruptedException {
        return start(bench, bench.repository(), room, servers, more);
    }

    /** @param version root of the tree whose agent it is */
    static SimulatedHosts start(Bench bench, Path version, Room room, String servers, List<String> more)
            throws IOException, InterruptedException {
        var token = room.joinToken(bench, servers);
        var name = "agent-" + servers.replaceAll("[^a-z0-9]+", "-");
        var command = new ArrayList<>(List.of(
                version.resolve("regie").toString(),
                "agent",
                "--room",
                "127.0.0.1:" + room.agentsPort(),
                "--server",
                servers,
                "--data",
                bench.file(name).toString(),
                "--engine",
                "simulated",
                "--join-file",
                token.toString()));
        command.addAll(more);
        return bench.part(new SimulatedHosts(Program.start(command, Map.of(), bench.file(name + ".log"))));
    }

    /** Returns when the room shows all {@code count} hosts as up. */
    void awaitUp(Watch servers, int count) throws IOException, InterruptedException {
        servers.await(Set.of("up"), count, ATTEND_SECONDS_MAX);
        program.mustRun("the agent");
    }

    ProcessHandle process() {
        return ProcessHandle.of(program.pid()).orElseThrow();
    }

    @Override
    public void close() {
        program.close();
    }
}
