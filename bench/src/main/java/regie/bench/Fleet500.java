package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;

/** How soon a fleet of 500 runs. */
final class Fleet500 implements Benchmark {
    private static final int MACHINES = 500;
    private static final int WARM_UP = 5;
    private static final long ROUND_SECONDS_MAX = 60;

    @Override
    public String name() {
        return "fleet500";
    }

    @Override
    public String about() {
        return "From the first byte of the request that declares a fleet of 500, to the 500th machine that its agent says is"
                + " running and that a watcher sees so: committed to PostgreSQL, with fsync. 50 simulated hosts in one"
                + " agent, over the real channel.";
    }

    @Override
    public int rounds() {
        return 30;
    }

    /** Seconds since the request of one round. */
    private record Round(double answered, double placed, double running) {}

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var stage = FleetRoom.start(bench);
        var first = round(stage);
        Bench.say("the first, cold: %.3f s; %d more to warm up", first.running(), WARM_UP - 1);
        for (int at = 1; at < WARM_UP; at++) round(stage);
        var all = new ArrayList<Round>();
        while (all.size() < rounds) {
            var round = round(stage);
            all.add(round);
            Bench.say(
                    "%2d: answered %.3f, placed %.3f, running %.3f s",
                    all.size(), round.answered(), round.placed(), round.running());
        }
        return result(first, all)
                .version("PostgreSQL", stage.room().postgresVersion())
                .limitedBy("""
                Processor time: on a machine without load the room and its PostgreSQL compute all the while. The request \
                wakes one pass that enlists, places and writes 500 machines in one transaction; the hosts are told in \
                one go, and their reports are taken together. The first %d rounds are not counted (the JVM is cold); \
                the very first took %.3f s. Between rounds the fleet is brought back to 0.""".formatted(WARM_UP, first.running()));
    }

    private static Round round(FleetRoom stage) throws IOException, InterruptedException {
        var machines = stage.machines();
        machines.forget();
        var watch = new Stopwatch();
        stage.declare(MACHINES, "");
        double answered = watch.seconds();
        machines.await(Set.of("starting", "running"), MACHINES, ROUND_SECONDS_MAX);
        double placed = watch.seconds();
        machines.await(Set.of("running"), MACHINES, ROUND_SECONDS_MAX);
        double running = watch.seconds();
        check(stage.client());
        stage.declare(0, "");
        machines.await(Set.of(Watch.DELETED), MACHINES, ROUND_SECONDS_MAX);
        Stopwatch.await(
                ROUND_SECONDS_MAX,
                () -> stage.client().get(FleetRoom.FLEET).at("/status/members").asInt() == 0,
                () -> "the fleet does not notice that it is empty");
        return new Round(answered, placed, running);
    }

    /** What the watch has told has to be what the database says. */
    private static void check(RoomClient client) throws IOException, InterruptedException {
        int running = 0;
        for (var machine :
                client.get("/v1/projects/default/instances?limit=1000").path("items")) {
            if (machine.at("/status/stage").asString().equals("running")) running++;
        }
        if (running != MACHINES)
            throw new IOException("the watch saw %d run, the list has %d".formatted(MACHINES, running));
    }

    private static Result.Builder result(Round first, List<Round> all) {
        var running = Samples.of(all.stream().map(Round::running).toList());
        return new Result.Builder()
                .figure("p50_s", running.median())
                .figure("p99_s", running.p99())
                .figure("max_s", running.most())
                .figure("first_s", first.running())
                .figure("n", running.count())
                .samples("all 500 run, s", running)
                .samples(
                        "of it: all 500 are placed, s",
                        Samples.of(all.stream().map(Round::placed).toList()))
                .samples(
                        "of it: the request is answered, s",
                        Samples.of(all.stream().map(Round::answered).toList()));
    }
}
