package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import regie.kernel.Clock;
import regie.lab.Stopwatch;

/** What the API does in a second. */
final class Api implements Benchmark {
    private static final int READERS = 16;
    private static final int WRITERS = 64;
    private static final int BATCHERS = 4;
    private static final double WARM_UP_SECONDS = 15;
    private static final double ROUND_SECONDS = 10;
    private static final int LISTS = 20;
    private static final long SETTLE_SECONDS = 10;
    private static final String INSTANCES = "/v1/projects/default/instances";
    private static final String PAGE = INSTANCES + "?limit=1000";

    /** So that each that is written is new. */
    private final AtomicLong fresh = new AtomicLong();

    @Override
    public String name() {
        return "api";
    }

    @Override
    public String about() {
        return "Over HTTPS (TLS 1.3) on connections that are kept, beside 25,000 instances that run on 400 simulated hosts: reads"
                + " of single instances by 16 clients; single writes, each a new keypair in a transaction of its own, committed"
                + " with fsync and audited, by 64 clients; writes of instances, which each wake the placement loop, by 64"
                + " clients; new keypairs in batches of 1,000 by 4 clients; a page of 1,000 instances, and all 25,000 in 25"
                + " pages, by one client.";
    }

    @Override
    public int rounds() {
        return 3;
    }

    private record Round(Load load, ProcessorTime used) {
        String say(int each) {
            double count = load.millis().count() * (double) each;
            return "%.0f/s, µs of processor for each: %s".formatted(load.perSecond(), used.microsOfEach(count));
        }
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var room = ApiEstate.start(bench);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
        var said = new ArrayList<String>();
        var result = new Result.Builder();

        var reads = rounds(room, rounds, "reads", READERS, 1, Api::read, said);
        var writes = rounds(room, rounds, "writes", WRITERS, 1, this::write, said);
        var batches = rounds(room, rounds, "in batches", BATCHERS, ApiEstate.BATCH, this::batch, said);
        var ofInstances = rounds(room, rounds, "writes of instances", WRITERS, 1, this::writeInstance, said);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
        var pages = new ArrayList<Double>();
        var lists = new ArrayList<Double>();
        try (var connection = room.connection()) {
            for (int at = 0; at < LISTS; at++) list(connection);
            for (int at = 0; at < LISTS; at++) lists.add(list(connection));
            for (int at = 0; at < 2 * LISTS; at++) pages.add(page(connection));
        }
        return result.figure("reads_per_s", median(reads))
                .figure("writes_per_s", median(writes))
                .figure("batch_per_s", median(batches))
                .figure("page_ms", Samples.of(pages).median())
                .figure("list_ms", Samples.of(lists).median())
                .figure("instance_writes_per_s", median(ofInstances))
                .figure("read_p99_ms", p99(reads))
                .figure("write_p99_ms", p99(writes))
                .samples("one read, ms", all(reads))
                .samples("one write, ms", all(writes))
                .samples("one batch of 1,000, ms", all(batches))
                .samples("one write of an instance, ms", all(ofInstances))
                .samples("a page of 1,000, ms", Samples.of(pages))
                .samples("all 25,000, ms", Samples.of(lists))
                .version("PostgreSQL", room.postgresVersion())
                .limitedBy(
                        "Processor time: room, PostgreSQL, clients and the agent of the hosts share the cores. Of the last round of each: "
                                + String.join("; ", said) + ".");
    }

    private static List<Round> rounds(
            Room room, int rounds, String what, int clients, int each, Load.Asking asking, List<String> said)
            throws IOException, InterruptedException {
        Load.run(room::connection, clients, WARM_UP_SECONDS, each, asking);
        var all = new ArrayList<Round>();
        while (all.size() < rounds) {
            var before = ProcessorTime.of(room.process());
            var load = Load.run(room::connection, clients, ROUND_SECONDS, each, asking);
            all.add(new Round(load, ProcessorTime.of(room.process()).since(before)));
            Bench.say("%s: %s; %s", what, all.getLast().say(each), load.millis());
        }
        said.add(what + " " + all.getLast().say(each));
        return all;
    }

    private static void read(KeptConnection connection, long number) throws IOException {
        // by a stride that meets all, in no order that the database would like
        var name = ApiEstate.instanceName(number * 7_919 % ApiEstate.INSTANCES);
        Load.ok(connection.get(INSTANCES + "/" + name));
    }

    private void write(KeptConnection connection, long number) throws IOException {
        var name = "single-" + fresh.getAndIncrement();
        Load.ok(connection.send("PUT", "/v1/projects/default/keypairs/" + name, ApiEstate.keypairContent()));
    }

    private void writeInstance(KeptConnection connection, long number) throws IOException {
        var name = ApiEstate.instanceName(number * 7_919 % ApiEstate.INSTANCES);
        Load.ok(connection.send("PUT", INSTANCES + "/" + name, ApiEstate.instanceContent(Clock.SYSTEM.nanos())));
    }

    private void batch(KeptConnection connection, long number) throws IOException {
        long from = fresh.getAndAdd(ApiEstate.BATCH);
        var answer = Load.ok(connection.send(
                "POST", "/v1/batch", ApiEstate.batch(from, from + ApiEstate.BATCH, ApiEstate::keypair)));
        if (answer.text().contains("\"refused\"")) throw new IOException("a batch was refused in part");
    }

    /** Milliseconds. */
    private static double page(KeptConnection connection) throws IOException {
        var watch = new Stopwatch();
        Load.ok(connection.get(PAGE));
        return watch.seconds() * 1_000;
    }

    /** Milliseconds. */
    private static double list(KeptConnection connection) throws IOException {
        var watch = new Stopwatch();
        int pages = 1;
        for (var next = next(connection, PAGE); !next.isEmpty(); next = next(connection, PAGE + "&after=" + next))
            pages++;
        double millis = watch.seconds() * 1_000;
        if (pages != ApiEstate.INSTANCES / ApiEstate.BATCH)
            throw new IOException("the list has %d pages".formatted(pages));
        return millis;
    }

    /** Cursor of the next page, behind the items; empty on the last one. */
    private static String next(KeptConnection connection, String path) throws IOException {
        var text = Load.ok(connection.get(path)).text();
        int at = text.lastIndexOf("\"next\":\"");
        if (at < 0) return "";
        int from = at + "\"next\":\"".length();
        return text.substring(from, text.indexOf('"', from));
    }

    private static double median(List<Round> rounds) {
        return Samples.of(rounds.stream().map(round -> round.load().perSecond()).toList())
                .median();
    }

    private static double p99(List<Round> rounds) {
        return all(rounds).p99();
    }

    private static Samples all(List<Round> rounds) {
        return Samples.of(rounds.stream()
                .flatMap(round -> round.load().millis().sorted().stream())
                .toList());
    }
}
