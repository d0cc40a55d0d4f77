package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import regie.lab.Command;
import regie.lab.Stopwatch;

/** How long a person waits for the command line client. */
final class Cli implements Benchmark {
    private static final long SECONDS_MAX = 60;
    private static final int FLAVORS = 20;

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public String about() {
        return "`./regie get flavors`, which lists 20, from its start to its end: a process of its own each time, the script that"
                + " starts it included.";
    }

    @Override
    public int rounds() {
        return 20;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var room = Room.start(bench);
        for (int at = 0; at < FLAVORS; at++)
            room.client().putJson("/v1/flavors/f-" + at, "{\"spec\": {\"vcpus\": 1, \"memoryMiB\": 128}}");
        var command = List.of(
                "env",
                "REGIE_ROOM=http://127.0.0.1:" + room.apiPort(),
                "REGIE_TOKEN_FILE=" + room.tokenFile(),
                bench.repository().resolve("regie").toString(),
                "get",
                "flavors");
        Command.run(SECONDS_MAX, command); // builds what is not built yet
        var millis = new ArrayList<Double>();
        for (int at = 0; at < rounds; at++) {
            var watch = new Stopwatch();
            var said = Command.run(SECONDS_MAX, command);
            millis.add(watch.seconds() * 1_000);
            if (!said.contains("f-19")) throw new IOException("the list lacks a flavor: " + said);
        }
        var all = Samples.of(millis);
        return new Result.Builder()
                .figure("cold_ms", all.median())
                .figure("cold_p99_ms", all.p99())
                .figure("n", all.count())
                .samples("one command, ms", all)
                .limitedBy(
                        "Processor time of one core: the script, the start of the JVM with its ahead-of-time cache, and one request.");
    }
}
