package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import regie.kernel.Clock;
import regie.lab.Stopwatch;

/** How many instances get their place through the API in a second, for good. */
final class PlaceDurable implements Benchmark {
    private static final int HOSTS = 200;
    /** Placed in one round; all hosts together have room for a few more. */
    private static final int INSTANCES = 10_000;

    private static final int BATCHERS = 4;
    private static final int CLIENTS = 50;
    private static final double SINGLE_SECONDS = 10;
    private static final int WARM_UP = 2;
    private static final int PACED = 1_000;
    private static final int PACED_PER_SECOND = 100;
    private static final long SECONDS_MAX = 600;
    private static final String PATH = "/v1/projects/default/instances/";

    private final AtomicLong fresh = new AtomicLong();

    @Override
    public String name() {
        return "place-durable";
    }

    @Override
    public String about() {
        return "10,000 instances in batches of 1,000 over four HTTPS connections: from the first byte of the first request until a"
                + " watcher has seen the last of them on a host, so that its place is committed with fsync; they start meanwhile,"
                + " on 200 simulated hosts. And single instances of 50 clients, each of which declares one, waits until a watcher"
                + " has seen it on a host, and declares the next; and the same at 100 a second.";
    }

    @Override
    public int rounds() {
        return 3;
    }

    /** Milliseconds until one was answered, and until it was seen to have its place. */
    private record Single(double answered, double placed) {}

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var room = Room.start(bench, Room.RoomSettings.in(bench.file("room")).behind(BenchCertificate.make(bench)));
        room.declareMicro(bench);
        var servers = SimulatedHosts.declare(room, HOSTS);
        try (var hosts = Watch.start(room.client(), "Server");
                var machines = Watch.start(room.client(), "Instance")) {
            SimulatedHosts.start(bench, room, servers).awaitUp(hosts, HOSTS);
            for (int at = 0; at < WARM_UP; at++) batches(room, machines);
            var perSecond = new ArrayList<Double>();
            var used = new ArrayList<String>();
            while (perSecond.size() < rounds) {
                var before = ProcessorTime.of(room.process());
                perSecond.add(batches(room, machines));
                used.add(ProcessorTime.of(room.process()).since(before).microsOfEach(INSTANCES));
                Bench.say(
                        "%.0f placed a second; with their end, µs of processor for each: %s",
                        perSecond.getLast(), used.getLast());
            }
            try (var placed = PlacedWatch.start(room.client())) {
                closed(room, machines, placed);
                var timer = new Stopwatch();
                var closed = closed(room, machines, placed);
                Bench.say("%.1f s of single ones", timer.seconds());
                var paced = paced(room, machines, placed);
                return result(room, perSecond, used.getLast(), closed, paced);
            }
        }
    }

    private Result result(
            Room room, List<Double> perSecond, String used, Collection<Single> closed, Collection<Single> paced)
            throws IOException {
        var whole = Samples.of(closed.stream().map(Single::placed).toList());
        var slow = Samples.of(paced.stream().map(Single::placed).toList());
        return new Result.Builder()
                .figure("placements_per_s", Samples.of(perSecond).median())
                .figure("single_p99_ms", whole.p99())
                .figure("single_p50_ms", whole.median())
                .figure("single_per_s", closed.size() / SINGLE_SECONDS)
                .figure("paced_p99_ms", slow.p99())
                .figure("paced_p50_ms", slow.median())
                .figure("n", perSecond.size())
                .samples("placed in batches, per s", Samples.of(perSecond))
                .samples("50 clients: declared to placed, ms", whole)
                .samples(
                        "of it: until the answer, ms",
                        Samples.of(closed.stream().map(Single::answered).toList()))
                .samples("100 a second: declared to placed, ms", slow)
                .samples(
                        "of it, until the answer, ms",
                        Samples.of(paced.stream().map(Single::answered).toList()))
                .version("PostgreSQL", room.postgresVersion())
                .limitedBy("""
                        Processor time: room, PostgreSQL, clients and the agent of the hosts share the cores, and the hosts start \
                        what they get while the next are placed. In the last round of batches, with the deletion of all, µs of \
                        processor for each instance: %s.""".formatted(used));
    }

    /** @return placed per second */
    private double batches(Room room, Watch machines) throws IOException, InterruptedException {
        machines.forget();
        long first = fresh.getAndAdd(INSTANCES);
        var watch = new Stopwatch();
        all(room, first, at -> ApiEstate.batch(at, at + ApiEstate.BATCH, ApiEstate::instance));
        machines.await(Set.of("starting", "running"), INSTANCES, SECONDS_MAX);
        double seconds = watch.seconds();
        machines.await(Set.of("running"), INSTANCES, SECONDS_MAX);
        all(room, first, at -> ApiEstate.batch(at, at + ApiEstate.BATCH, PlaceDurable::deletion));
        machines.await(Set.of(Watch.DELETED), INSTANCES, SECONDS_MAX);
        return INSTANCES / seconds;
    }

    private static String deletion(long number) {
        return "{\"op\":\"delete\",\"kind\":\"Instance\",\"project\":\"default\",\"name\":\"%s\"}"
                .formatted(ApiEstate.instanceName(number));
    }

    private interface Batch {
        String from(long number);
    }

    private static void all(Room room, long first, Batch batch) throws IOException, InterruptedException {
        var starts = new ConcurrentLinkedQueue<Long>();
        for (long at = first; at < first + INSTANCES; at += ApiEstate.BATCH) starts.add(at);
        Load.together(BATCHERS, () -> {
            try (var connection = room.connection()) {
                for (var at = starts.poll(); at != null; at = starts.poll()) {
                    var answer = Load.ok(connection.send("POST", "/v1/batch", batch.from(at)));
                    if (answer.text().contains("\"refused\"")) throw new IOException("a batch was refused in part");
                }
            }
            return true;
        });
    }

    /** Each client waits for its instance. */
    private Collection<Single> closed(Room room, Watch machines, PlacedWatch placed)
            throws IOException, InterruptedException {
        machines.forget();
        var singles = new ConcurrentLinkedQueue<Single>();
        var watch = new Stopwatch();
        Load.together(CLIENTS, () -> {
            try (var connection = room.connection()) {
                while (watch.seconds() < SINGLE_SECONDS && singles.size() < INSTANCES)
                    singles.add(single(connection, placed));
            }
            return true;
        });
        clear(room, machines, singles.size());
        return singles;
    }

    /** At a steady pace, whatever comes of those before. */
    private Collection<Single> paced(Room room, Watch machines, PlacedWatch placed)
            throws IOException, InterruptedException {
        machines.forget();
        var singles = new ConcurrentLinkedQueue<Single>();
        var next = new AtomicLong();
        long begun = Clock.SYSTEM.nanos();
        Load.together(CLIENTS, () -> {
            try (var connection = room.connection()) {
                for (long at = next.getAndIncrement(); at < PACED; at = next.getAndIncrement()) {
                    long due = begun + at * TimeUnit.SECONDS.toNanos(1) / PACED_PER_SECOND;
                    for (long left = due - Clock.SYSTEM.nanos(); left > 0; left = due - Clock.SYSTEM.nanos())
                        LockSupport.parkNanos(left);
                    singles.add(single(connection, placed));
                }
            }
            return true;
        });
        clear(room, machines, singles.size());
        return singles;
    }

    private Single single(KeptConnection connection, PlacedWatch placed) throws IOException {
        var name = ApiEstate.instanceName(fresh.getAndIncrement());
        placed.expect(name);
        long begun = Clock.SYSTEM.nanos();
        Load.ok(connection.send("PUT", PATH + name, ApiEstate.instanceContent(0)));
        long answered = Clock.SYSTEM.nanos();
        double toMillis = TimeUnit.MILLISECONDS.toNanos(1);
        return new Single((answered - begun) / toMillis, (placed.await(name) - begun) / toMillis);
    }

    /** Deletes the {@code count} that were declared last, which all ran. */
    private void clear(Room room, Watch machines, int count) throws IOException, InterruptedException {
        machines.await(Set.of("running"), count, SECONDS_MAX);
        long until = fresh.get();
        try (var connection = room.connection()) {
            for (long at = until - count; at < until; at += ApiEstate.BATCH)
                Load.ok(connection.send(
                        "POST",
                        "/v1/batch",
                        ApiEstate.batch(at, Math.min(until, at + ApiEstate.BATCH), PlaceDurable::deletion)));
        }
        machines.await(Set.of(Watch.DELETED), count, SECONDS_MAX);
    }
}
