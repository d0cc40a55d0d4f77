package regie.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import regie.lab.Parts;
import regie.lab.Stopwatch;
import regie.lab.clients.Fuzz;

/** A room of its own, asked wrongly for everything that the OpenAPI description names, one seed after the other. */
final class Fuzzing implements Lab.Experiment {
    private static final int MINUTES = 10;
    private static final int SHOTS = 40;
    /** Every so many seeds, connections that do nothing are waited for until the room ends them. */
    private static final int PATIENT_EVERY = 10;

    private static final String DESCRIPTION = "contracts/openapi.json";

    @Override
    public String name() {
        return "fuzz";
    }

    @Override
    public String arguments() {
        return "[--minutes N] [--seed N]";
    }

    @Override
    public String about() {
        return "Asks a room of its own wrongly for everything that %s names, for %d minutes: never a failure, a leak or a change."
                .formatted(DESCRIPTION, MINUTES);
    }

    @Override
    public Result run(List<String> words) throws Arguments.Wrong, IOException, InterruptedException {
        var options = Options.of(words, Map.of("--minutes", MINUTES, "--seed", 1));
        try (var parts = new Parts()) {
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
            var bench = Bench.open(parts);
            var room =
                    Room.start(bench, Room.RoomSettings.in(bench.file("room")).withoutBound());
            var fuzz = new Fuzz(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), room.apiPort()),
                    room.operatorToken(),
                    Files.readString(bench.repository().resolve(DESCRIPTION)));
            fuzz.prepare();
            return storm(fuzz, options.number("--seed"), TimeUnit.MINUTES.toSeconds(options.number("--minutes")));
        }
    }

    private static Result storm(Fuzz fuzz, int first, long seconds) throws IOException, InterruptedException {
        var watch = new Stopwatch();
        var byStatus = new TreeMap<Integer, Long>();
        int seed = first;
        do {
            var report = fuzz.run(seed, SHOTS, seed % PATIENT_EVERY == 0);
            report.byStatus().forEach((status, count) -> byStatus.merge(status, count, Long::sum));
            Bench.say("seed %d: %d requests, %s", seed, report.requests(), new TreeMap<>(report.byStatus()));
            report.findings().forEach(System.out::println);
            if (!report.findings().isEmpty())
                throw new IOException("seed %d has %d findings"
                        .formatted(seed, report.findings().size()));
            seed++;
        } while (watch.seconds() < seconds);
        double requests =
                byStatus.values().stream().mapToDouble(Long::doubleValue).sum();
        double closed = byStatus.getOrDefault(0, 0L).doubleValue();
        return new Result.Builder()
                .figure("seeds", seed - first)
                .figure("requests", requests)
                .figure("closed", closed)
                .figure("minutes", Math.rint(watch.seconds() / 6) / 10)
                .limitedBy("Processor time, of the room and of who asks it.");
    }
}
