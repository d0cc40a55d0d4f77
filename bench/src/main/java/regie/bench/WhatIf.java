package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;

/** How soon the room says what a loss would take along, on a whole estate with every machine in its place. */
final class WhatIf implements Benchmark {
    private static final String ESTATE = "examples/pixmania";
    private static final List<String> HOSTS = List.of(
            "par1-h[001-200]",
            "nan1-h[001-200]",
            "fr3-h[01-40]",
            "fr4-h[01-40]",
            "fr5-h[01-40]",
            "gb6-h[01-40]",
            "gb7-h[01-40]");
    private static final int HOSTS_COUNT = 600;
    private static final int MACHINES = 175;
    private static final int WARM_UP = 20;
    private static final long SECONDS_MAX = 300;

    @Override
    public String name() {
        return "whatif";
    }

    @Override
    public String about() {
        return "From the first byte of `GET /v1/whatif?lose=…` to the last of its answer, on the estate pixmania: 608 servers, all 175"
                + " machines placed; each feed, site and link lost in turn, alone and with another. And the same of `GET /v1/spof`.";
    }

    @Override
    public int rounds() {
        return 200;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var room = bench.part(Room.start(bench));
        declare(bench, room);
        var client = room.client();
        try (var hosts = Watch.start(client, "Server")) {
            for (var range : HOSTS) SimulatedHosts.start(bench, room, range);
            hosts.await(java.util.Set.of("up"), HOSTS_COUNT, SECONDS_MAX);
        }
        Stopwatch.await(SECONDS_MAX, () -> running(client) == MACHINES, () -> running(client) + " machines run");
        var questions = questions(client);
        for (int at = 0; at < WARM_UP; at++) ask(client, questions.get(at % questions.size()));
        var answers = new ArrayList<Double>();
        for (int at = 0; at < rounds; at++) answers.add(ask(client, questions.get(at % questions.size())));
        var found = new ArrayList<Double>();
        for (int at = 0; at < WARM_UP; at++) ask(client, "/v1/spof");
        for (int at = 0; at < rounds / 4 + 1; at++) found.add(ask(client, "/v1/spof"));
        return result(room, Samples.of(answers), Samples.of(found));
    }

    private static Result result(Room room, Samples answers, Samples found) throws IOException {
        return new Result.Builder()
                .figure("p95_ms", answers.p95())
                .figure("p50_ms", answers.median())
                .figure("max_ms", answers.most())
                .figure("spof_ms", found.p95())
                .figure("n", answers.count())
                .samples("what if, ms", answers)
                .samples("single points of failure, ms", found)
                .version("PostgreSQL", room.postgresVersion())
                .limitedBy("""
                        Reading: every question reads all that is declared of the estate and of machines anew; who stands where, and \
                        where it is to return to, is in memory. Following the loss and placing the machines that fall takes the small \
                        rest.""");
    }

    /** Milliseconds. */
    private static double ask(RoomClient client, String path) throws IOException, InterruptedException {
        var watch = new Stopwatch();
        client.get(path);
        return watch.seconds() * 1_000;
    }

    private static List<String> questions(RoomClient client) throws IOException, InterruptedException {
        var elements = new ArrayList<String>();
        for (var kind : List.of("feed", "site", "link"))
            for (var item : client.get("/v1/" + kind + "s?limit=1000").path("items"))
                elements.add(kind + "/" + item.path("name").asString());
        var questions = new ArrayList<String>();
        for (int at = 0; at < elements.size(); at++) {
            questions.add("/v1/whatif?lose=" + elements.get(at));
            questions.add(
                    "/v1/whatif?lose=%s&lose=%s".formatted(elements.get(at), elements.get((at + 1) % elements.size())));
        }
        return questions;
    }

    private static int running(RoomClient client) throws IOException {
        try {
            int running = 0;
            for (var fleet : client.get("/v1/fleets?limit=1000").path("items"))
                running += fleet.at("/status/running").asInt();
            return running;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The example as it stands, with a disk that holds nothing for its image. */
    private static void declare(Bench bench, Room room) throws IOException, InterruptedException {
        for (var file : List.of("10-estate.yaml", "20-compute.yaml"))
            room.apply(Files.readString(bench.repository().resolve(ESTATE).resolve(file)));
        var bytes = new byte[1 << 20];
        bytes[510] = 0x55; // the end of a boot sector: what makes it a disk
        bytes[511] = (byte) 0xAA;
        room.client().put("/v1/images/linux/content/disk", Files.write(bench.file("disk.raw"), bytes));
    }
}
