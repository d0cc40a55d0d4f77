package regie.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import regie.lab.Stopwatch;

/** What ten thousand hosts cost. */
final class Hosts10000 implements Benchmark {
    private static final int HOSTS = 10_000;
    private static final long STEADY_SECONDS = 30;

    @Override
    public String name() {
        return "hosts10000";
    }

    @Override
    public String about() {
        return "10,000 simulated hosts in one agent: from its start to the room showing all of them as up, and what agent and"
                + " room take while all beat once a second.";
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        if (rounds != 1) throw new IOException("hosts10000 is measured once: an agent joins only once");
        Bench.say("starting a room, declaring %d servers", HOSTS);
        var room = Room.start(bench);
        var servers = SimulatedHosts.declare(room, HOSTS);
        try (var hosts = Watch.start(room.client(), "Server")) {
            var watch = new Stopwatch();
            var agent = SimulatedHosts.start(bench, room, servers);
            agent.awaitUp(hosts, HOSTS);
            double attend = watch.seconds();
            Bench.say("all attend after %.1f s; %d s of steady state", attend, STEADY_SECONDS);
            var cpu = steady(agent.process(), room.process());
            var ofAgent = Memory.of(agent.process());
            var ofRoom = Memory.of(room.process());
            var all = Memory.ofTree(room.process());
            return new Result.Builder()
                    .figure("attend_s", attend)
                    .figure("agent_rss_mib", ofAgent.rssMiB())
                    .figure("room_rss_mib", ofRoom.rssMiB())
                    .figure("room_and_postgres_pss_mib", all.pssMiB())
                    .figure("agent_cores", cpu.getFirst())
                    .figure("room_cores", cpu.getLast())
                    .version("PostgreSQL", room.postgresVersion())
                    .limitedBy("""
                            Processor time: 10,000 calls are opened over one connection with TLS, each is admitted and \
                            written down, and the status of each server is changed. Afterwards all of it is the beats.""");
        }
    }

    /** Cores that each process kept busy; a number such as 0.25. */
    private static List<Double> steady(ProcessHandle... processes) throws IOException {
        var before = new ArrayList<Duration>();
        for (var each : processes) before.add(used(each));
        var watch = new Stopwatch();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(STEADY_SECONDS));
        double seconds = watch.seconds();
        var cores = new ArrayList<Double>();
        for (int at = 0; at < processes.length; at++) {
            cores.add(used(processes[at]).minus(before.get(at)).toMillis() / 1e3 / seconds);
        }
        return cores;
    }

    private static Duration used(ProcessHandle process) throws IOException {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IOException("process %d has ended".formatted(process.pid())));
    }
}
