package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;

/** How soon 500 members that are killed at once are replaced. */
final class FleetReplace implements Benchmark {
    private static final int MACHINES = 500;
    private static final int HOSTS = 50;
    private static final int WARM_UP = 5;
    private static final long ROUND_SECONDS_MAX = 60;
    private static final String FLEET = "/v1/projects/default/fleets/bench";

    @Override
    public String name() {
        return "fleet-replace";
    }

    @Override
    public String about() {
        return "All 500 members of a fleet are killed at once. From the moment at which the first host knows it, to the 500th"
                + " replacement that its agent says is running and that a watcher sees so: committed to PostgreSQL, with"
                + " fsync. 50 simulated hosts in one agent, over the real channel.";
    }

    @Override
    public int rounds() {
        return 30;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        Bench.say("starting a room, and an agent with %d simulated hosts", HOSTS);
        var room = Room.start(bench);
        room.declareMicro(bench);
        var servers = SimulatedHosts.declare(room, HOSTS);
        var client = room.client();
        var faults = bench.file("faults");
        var journal = bench.file("journal");
        try (var hosts = Watch.start(client, "Server");
                var machines = Watch.start(client, "Instance")) {
            SimulatedHosts.start(
                            bench,
                            room,
                            servers,
                            List.of("--simulated-faults", faults.toString(), "--simulated-journal", journal.toString()))
                    .awaitUp(hosts, HOSTS);
            client.putJson(FLEET, """
                    {"spec": {"count": %d, "breaker": {"failures": 10000},
                              "template": {"flavor": "micro", "image": "micro"}}}""".formatted(MACHINES));
            machines.await(Set.of("running"), MACHINES, ROUND_SECONDS_MAX);
            var all = new ArrayList<Double>();
            for (int at = 1 - WARM_UP; at <= rounds; at++) {
                double seconds = round(client, machines, servers, faults, journal, at + WARM_UP);
                Bench.say("%2d: %.3f s", at, seconds);
                if (at > 0) all.add(seconds);
            }
            var replaced = Samples.of(all);
            return new Result.Builder()
                    .figure("replace_p50_s", replaced.median())
                    .figure("replace_p99_s", replaced.p99())
                    .figure("replace_max_s", replaced.most())
                    .figure("n", replaced.count())
                    .samples("500 killed at once, all replaced, s", replaced)
                    .version("PostgreSQL", room.postgresVersion())
                    .limitedBy("""
                    Processor time, as for a fleet of 500 that begins: one pass retires 500 and enlists, places and writes 500 \
                    others in one transaction, and beside it the old ones leave. The first %d rounds are not counted. Guests of \
                    simulated hosts boot at once; a real one adds its boot. The fleet's breaker is set wide, for members of a \
                    round run for less than the minute after which they are trusted.""".formatted(WARM_UP));
        }
    }

    private static double round(
            RoomClient client, Watch machines, String servers, Path faults, Path journal, int number)
            throws IOException, InterruptedException {
        machines.forget();
        long before = Files.size(journal);
        Files.writeString(faults, "%s kill=%d%n".formatted(servers, number));
        var written = new Stopwatch();
        while (Files.size(journal) == before) {
            if (written.seconds() > ROUND_SECONDS_MAX) throw new IOException("no host kills its guests");
            LockSupport.parkNanos(1_000_000);
        }
        var watch = new Stopwatch();
        machines.await(Set.of("running"), MACHINES, ROUND_SECONDS_MAX);
        double seconds = watch.seconds();
        machines.await(Set.of(Watch.DELETED), MACHINES, ROUND_SECONDS_MAX);
        int running = client.get(FLEET).at("/status/running").asInt();
        if (running != MACHINES)
            throw new IOException("the watch saw %d run, the fleet %d".formatted(MACHINES, running));
        return seconds;
    }
}
