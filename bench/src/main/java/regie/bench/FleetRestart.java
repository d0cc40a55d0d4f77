package regie.bench;

import java.io.IOException;
import java.util.Set;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;

/** How much longer a restart in waves takes than the boots alone. */
final class FleetRestart implements Benchmark {
    private static final int MACHINES = 300;
    private static final int WAVES = 10;
    private static final long BOOT_MILLIS = 3_000;
    private static final long ROUND_SECONDS_MAX = 120;

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
        var stage = FleetRoom.start(bench, "--simulated-boot-millis", String.valueOf(BOOT_MILLIS));
        stage.declare(MACHINES, "");
        stage.machines().await(Set.of("running"), MACHINES, ROUND_SECONDS_MAX);
        var took = Samples.of(FleetRoom.rounds(1, rounds, _ -> round(stage.client())));
        double ideal = WAVES * BOOT_MILLIS / 1_000.0;
        return new Result.Builder()
                .figure("ratio", took.median() / ideal)
                .figure("ratio_max", took.most() / ideal)
                .figure("restart_p50_s", took.median())
                .figure("n", took.count())
                .samples("300 restarted in ten waves, s", took)
                .version("PostgreSQL", stage.room().postgresVersion())
                .limitedBy("""
                What goes by between two waves: the last report of one, a pass of the room, a transaction, and the wishes of \
                the next. The first round is not counted.""");
    }

    private static double round(RoomClient client) throws IOException, InterruptedException {
        var watch = new Stopwatch();
        client.post(FleetRoom.FLEET + "/actions/restart", "{\"wave\": \"10%\"}");
        int asked = client.get(FleetRoom.FLEET).at("/spec/restart/number").asInt();
        Stopwatch.await(
                ROUND_SECONDS_MAX,
                () -> {
                    var restart = client.get(FleetRoom.FLEET).at("/status/restart");
                    return restart.path("number").asInt() == asked
                            && restart.path("state").asString("").equals("done");
                },
                () -> "the restart does not end");
        double seconds = watch.seconds();
        var restart = client.get(FleetRoom.FLEET).at("/status/restart");
        if (restart.path("waves").asInt() != WAVES || restart.path("done").asInt() != MACHINES)
            throw new IOException("not restarted as asked: " + restart);
        return seconds;
    }
}
