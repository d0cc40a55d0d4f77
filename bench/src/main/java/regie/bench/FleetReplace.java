package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import regie.lab.Stopwatch;

/** How soon 500 members that are killed at once are replaced. */
final class FleetReplace implements Benchmark {
    private static final int MACHINES = 500;
    private static final int WARM_UP = 5;
    private static final long ROUND_SECONDS_MAX = 60;

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
        var faults = bench.file("faults");
        var journal = bench.file("journal");
        var stage = FleetRoom.start(
                bench, "--simulated-faults", faults.toString(), "--simulated-journal", journal.toString());
        stage.declare(MACHINES, "\"breaker\": {\"failures\": 10000},");
        stage.machines().await(Set.of("running"), MACHINES, ROUND_SECONDS_MAX);
        var replaced = Samples.of(FleetRoom.rounds(WARM_UP, rounds, number -> round(stage, faults, journal, number)));
        return new Result.Builder()
                .figure("replace_p50_s", replaced.median())
                .figure("replace_p99_s", replaced.p99())
                .figure("replace_max_s", replaced.most())
                .figure("n", replaced.count())
                .samples("500 killed at once, all replaced, s", replaced)
                .version("PostgreSQL", stage.room().postgresVersion())
                .limitedBy("""
                Processor time, as for a fleet of 500 that begins: one pass retires 500 and enlists, places and writes 500 \
                others in one transaction, and beside it the old ones leave. The first %d rounds are not counted. Guests of \
                simulated hosts boot at once; a real one adds its boot. The fleet's breaker is set wide, for members of a \
                round run for less than the minute after which they are trusted.""".formatted(WARM_UP));
    }

    private static double round(FleetRoom stage, Path faults, Path journal, int number)
            throws IOException, InterruptedException {
        var machines = stage.machines();
        machines.forget();
        long before = Files.size(journal);
        Files.writeString(faults, "%s kill=%d%n".formatted(stage.servers(), number));
        var written = new Stopwatch();
        while (Files.size(journal) == before) {
            if (written.seconds() > ROUND_SECONDS_MAX) throw new IOException("no host kills its guests");
            LockSupport.parkNanos(1_000_000);
        }
        var watch = new Stopwatch();
        machines.await(Set.of("running"), MACHINES, ROUND_SECONDS_MAX);
        double seconds = watch.seconds();
        machines.await(Set.of(Watch.DELETED), MACHINES, ROUND_SECONDS_MAX);
        int running = stage.client().get(FleetRoom.FLEET).at("/status/running").asInt();
        if (running != MACHINES)
            throw new IOException("the watch saw %d run, the fleet %d".formatted(MACHINES, running));
        return seconds;
    }
}
