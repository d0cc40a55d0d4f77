package regie.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import regie.kernel.Clock;
import regie.lab.RoomClient;

/** How soon many watchers see a change. */
final class Watchers implements Benchmark {
    private static final int WATCHERS = 1_000;
    private static final int WARM_UP = 100;
    private static final long SECONDS_MAX = 60;
    private static final long PAUSE_MILLIS = 100;
    private static final String WATCHED = "/v1/watch?kind=Keypair";
    /** The first that a watcher hears. */
    private static final String WATCHING = ": watching";

    private static final Pattern NAME = Pattern.compile("\"name\":\"(seen-\\d+)\"");

    /** When each was sent, in nanos. */
    private final Map<String, Long> sent = new ConcurrentHashMap<>();

    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();
    private final Semaphore seen = new Semaphore(0);
    private final Semaphore watching = new Semaphore(0);

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public String about() {
        return "1,000 clients that watch one kind, each on a connection of its own; ten changes a second: from the moment that the"
                + " change is asked for to the moment that a watcher has read it, for each watcher.";
    }

    @Override
    public int rounds() {
        return 200;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var room = Room.start(bench, Room.RoomSettings.in(bench.file("room")).withoutBound());
        var client = room.client();
        Bench.say("%d clients begin to watch", WATCHERS);
        ProcessorTime before;
        ProcessorTime used;
        try (var _ = new WatchCrowd(WATCHERS, room.apiPort(), room.operatorToken(), WATCHED, this::see)) {
            if (!watching.tryAcquire(WATCHERS, SECONDS_MAX, TimeUnit.SECONDS))
                throw new IOException("only %d clients watch".formatted(watching.availablePermits()));
            for (int at = 0; at < WARM_UP; at++) change(client, "seen-%d".formatted(at));
            awaitAll(WARM_UP);
            millis.clear();
            before = ProcessorTime.of(room.process());
            for (int at = WARM_UP; at < WARM_UP + rounds; at++) {
                change(client, "seen-%d".formatted(at));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
            awaitAll(rounds);
            used = ProcessorTime.of(room.process()).since(before);
        }
        var all = Samples.of(List.copyOf(millis));
        return new Result.Builder()
                .figure("p99_ms", all.p99())
                .figure("median_ms", all.median())
                .figure("most_ms", all.most())
                .figure("watchers", WATCHERS)
                .figure("changes", rounds)
                .samples("from asked for to read, ms", all)
                .version("PostgreSQL", room.postgresVersion())
                .limitedBy(
                        "Processor time: the room writes and the clients read each change a thousand times, on the same cores. µs for"
                                + " each event: " + used.microsOfEach((double) rounds * WATCHERS) + ".");
    }

    private void see(String line) {
        if (line.startsWith(WATCHING)) watching.release();
        if (!line.startsWith("data: ")) return;
        var name = NAME.matcher(line);
        if (!name.find()) return;
        var begun = sent.get(name.group(1));
        if (begun == null) return;
        millis.add((Clock.SYSTEM.nanos() - begun) / 1e6);
        seen.release();
    }

    private void change(RoomClient client, String name) throws IOException, InterruptedException {
        sent.put(name, Clock.SYSTEM.nanos());
        client.putJson("/v1/projects/default/keypairs/" + name, ApiEstate.keypairContent());
    }

    private void awaitAll(int changes) throws IOException, InterruptedException {
        if (!seen.tryAcquire(changes * WATCHERS, SECONDS_MAX, TimeUnit.SECONDS))
            throw new IOException("only %d of %d events were seen in %d s"
                    .formatted(seen.availablePermits(), changes * WATCHERS, SECONDS_MAX));
    }
}
