package regie.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import regie.lab.Parts;
import regie.lab.Stopwatch;
import regie.lab.clients.Users;

/** Ten users against a model for a long time: nothing wrong, and neither memory nor latency grows. */
final class Soak implements Lab.Experiment {
    private static final int MINUTES = 60;
    /** Operations of each user before it is measured how many there can be, and while it is. */
    private static final int WARM_UP = 500;

    /** Operations of each user until what the room keeps of the log is as long as it gets. */
    private static final int FILL = 4_000;

    private static final double SLICE_SECONDS = 20;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String arguments() {
        return "[--minutes N] [--seed N]";
    }

    @Override
    public String about() {
        return "Has ten users of different roles work on a room of its own for %d minutes, at half of what it can do; holds each answer"
                        .formatted(MINUTES)
                + " against what they know; fails where memory or latency grows.";
    }

    @Override
    public Result run(List<String> words) throws Arguments.Wrong, IOException, InterruptedException {
        var options = Options.of(words, Map.of("--minutes", MINUTES, "--seed", 1));
        try (var parts = new Parts()) {
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
            var bench = Bench.open(parts);
            var room =
                    Room.start(bench, Room.RoomSettings.in(bench.file("room")).withoutBound());
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), room.apiPort());
            var users = new Users(List.of(address), room.operatorToken(), options.number("--seed"));
            users.prepare();
            int each = halve(users, room);
            return soak(users, room, each, TimeUnit.MINUTES.toSeconds(options.number("--minutes")));
        }
    }

    /**
     * Has the users go half as fast as they can.
     *
     * @return operations of each user in one slice of the time
     */
    private static int halve(Users users, Room room) throws IOException, InterruptedException {
        slice(users, room, FILL);
        var watch = new Stopwatch();
        slice(users, room, WARM_UP);
        double between = 2 * watch.seconds() / WARM_UP;
        users.pace(Duration.ofNanos((long) (between * TimeUnit.SECONDS.toNanos(1))));
        Bench.say("each user can do %.0f operations a second, and does %.0f", 2 / between, 1 / between);
        return (int) Math.ceil(SLICE_SECONDS / between);
    }

    private static Result soak(Users users, Room room, int each, long seconds)
            throws IOException, InterruptedException {
        var watch = new Stopwatch();
        var slices = new ArrayList<Steadiness.Slice>();
        double kept = 0;
        while (slices.size() < Steadiness.SLICES_MIN || watch.seconds() < seconds) {
            slices.add(slice(users, room, each));
            Bench.say("%.0f s: %s", watch.seconds(), slices.getLast());
            if (kept == 0 && watch.seconds() >= seconds / 3.0) kept = Memory.withoutGarbage(room.process());
        }
        var steadiness = Steadiness.of(slices, new Steadiness.Kept(kept, Memory.withoutGarbage(room.process())));
        Bench.say("%s", steadiness);
        steadiness.mustHold();
        return new Result.Builder()
                .figure("minutes", Math.rint(watch.seconds() / 6) / 10)
                .figure("operations", steadiness.operations())
                .figure("per_s", steadiness.operations() / watch.seconds())
                .figure("wrong", 0)
                .figure("first_p50_ms", steadiness.first().millis().median())
                .figure("last_p50_ms", steadiness.last().millis().median())
                .figure("first_p99_ms", steadiness.first().millis().p99())
                .figure("last_p99_ms", steadiness.last().millis().p99())
                .figure("first_rss_mib", steadiness.first().rssMiB())
                .figure("last_rss_mib", steadiness.last().rssMiB())
                .figure("first_kept_mib", steadiness.kept().afterFirstThird())
                .figure("last_kept_mib", steadiness.kept().atEnd())
                .figure("rss_mib_per_h", steadiness.slope() * TimeUnit.HOURS.toSeconds(1) / SLICE_SECONDS)
                .limitedBy("Processor time, of the room and of its users.");
    }

    /** @throws IOException where an answer, a list or the log was wrong */
    private static Steadiness.Slice slice(Users users, Room room, int each) throws IOException, InterruptedException {
        var report = users.run(each, () -> true);
        report.findings().forEach(System.out::println);
        if (!report.findings().isEmpty())
            throw new IOException(report.findings().size() + " answers were wrong");
        return new Steadiness.Slice(
                Samples.of(report.millis()), Memory.of(room.process()).rssMiB());
    }
}
