package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;

/** How much longer a restart in waves takes than the boots alone. */
final class FleetRestart implements Benchmark {
    private static final int MACHINES = 300;
    private static final int HOSTS = 50;
    private static final int WAVES = 10;
    private static final long BOOT_MILLIS = 3_000;
    private static final long ROUND_SECONDS_MAX = 120;
    private static final String FLEET = "/v1/projects/default/fleets/bench";

    @Override
    public String name() {
        return "fleet-restart";
    }

    @Override
    public String about() {
        return "A fleet of 300 is restarted in waves of 10 %: from the request to the restart that the room says is done, as a"
                + " multiple of waves × boot time, that is 10 × 3 s. A wave begins when all of the last have booted. 50"
                + " simulated hosts in one agent, over the real channel.";
    }

    @Override
    public int rounds() {
        return 5;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        Bench.say("starting a room, and an agent with %d simulated hosts", HOSTS);
        var room = Room.start(bench);
        room.declareMicro(bench);
        var servers = SimulatedHosts.declare(room, HOSTS);
        var client = room.client();
        try (var hosts = Watch.start(client, "Server");
                var machines = Watch.start(client, "Instance")) {
            SimulatedHosts.start(bench, room, servers, List.of("--simulated-boot-millis", String.valueOf(BOOT_MILLIS)))
                    .awaitUp(hosts, HOSTS);
            client.putJson(FLEET, """
                    {"spec": {"count": %d, "template": {"flavor": "micro", "image": "micro"}}}""".formatted(MACHINES));
            machines.await(Set.of("running"), MACHINES, ROUND_SECONDS_MAX);
            var all = new ArrayList<Double>();
            for (int at = 0; at <= rounds; at++) {
                double seconds = round(client);
                Bench.say("%2d: %.3f s", at, seconds);
                if (at > 0) all.add(seconds);
            }
            var took = Samples.of(all);
            double ideal = WAVES * BOOT_MILLIS / 1_000.0;
            return new Result.Builder()
                    .figure("ratio", took.median() / ideal)
                    .figure("ratio_max", took.most() / ideal)
                    .figure("restart_p50_s", took.median())
                    .figure("n", took.count())
                    .samples("300 restarted in ten waves, s", took)
                    .version("PostgreSQL", room.postgresVersion())
                    .limitedBy("""
                    What goes by between two waves: the last report of one, a pass of the room, a transaction, and the wishes of \
                    the next. The first round is not counted.""");
        }
    }

    private static double round(RoomClient client) throws IOException, InterruptedException {
        var watch = new Stopwatch();
        client.post(FLEET + "/actions/restart", "{\"wave\": \"10%\"}");
        int asked = client.get(FLEET).at("/spec/restart/number").asInt();
        Stopwatch.await(
                ROUND_SECONDS_MAX,
                () -> {
                    var restart = client.get(FLEET).at("/status/restart");
                    return restart.path("number").asInt() == asked
                            && restart.path("state").asString("").equals("done");
                },
                () -> "the restart does not end");
        double seconds = watch.seconds();
        var restart = client.get(FLEET).at("/status/restart");
        if (restart.path("waves").asInt() != WAVES || restart.path("done").asInt() != MACHINES)
            throw new IOException("not restarted as asked: " + restart);
        return seconds;
    }
}
